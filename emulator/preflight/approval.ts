import { referenceSettings } from '../terminal/settings.ts'

/** Whether a code, as terminals think of it, completes what was asked. */
export function approves(code: string | undefined): boolean {
  return code !== undefined && referenceSettings.approves.includes(code)
}
