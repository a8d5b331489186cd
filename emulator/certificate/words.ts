import type { ChapterId } from '../report/chapters.ts'
import type { RequirementResult } from '../verdict/result.ts'
import type { VerdictWord } from '../verdict/verdict.ts'

/** The languages of the certificate. */
export const languages = ['en', 'zh'] as const
export type Language = (typeof languages)[number]

/** Something said in both languages: what lacks one does not compile. */
export type Both = readonly [en: string, zh: string]

/** Says it in one language. */
export type Say = (said: Both) => string

export const saying =
  (language: Language): Say =>
  said =>
    said[languages.indexOf(language)] ?? said[0]

export const words = {
  title: ['Certificate of behaviour', '行为认证证书'],
  acquirerPart: ['The acquirer', '收单主机'],
  instrumentPart: ['Our own terminal', '本工具的终端'],
  decides: ['what decides', '据此定论'],
  decidesNothing: ['says nothing about the acquirer', '与主机的结论无关'],

  endpoint: ['Endpoint', '接入地址'],
  ownHost: ['the embedded reference host', '内置参考主机'],
  suite: ['Suite', '测试套件'],
  seed: ['Seed', '随机种子'],
  run: ['Run', '运行编号'],
  date: ['Date', '日期'],
  profile: ['profile', '配置文件'],
  onlyRows: ['Only rows', '仅限需求'],
  onlyScenarios: ['Only scenarios', '仅限场景'],

  money: ['Money', '资金'],
  security: ['Security', '安全'],
  against: ['What stands against it', '未通过的需求'],
  keepsOpen: ['What keeps it from a conclusion', '未能定论的需求'],
  deviations: ['Agreed deviations', '已批准的偏差'],
  requirement: ['Requirement', '需求'],
  reason: ['Reason', '原因'],
  approver: ['Approved by', '批准人'],
  expires: ['Until', '有效期至'],
  stands: ['In this run', '本次结果'],
  inForce: ['in force', '有效'],
  expired: ['expired: counts as failed', '已过期，按失败计'],
  notNeeded: ['not needed', '未用到'],
  expected: ['expected', '应为'],
  received: ['received', '实为'],
  ofInstrument: ['of our own terminal', '本工具的终端'],

  notJudged: ['Not judged', '未判定'],
  notApplicable: ['Not applicable', '不适用'],
  notApplicableWhy: ['not claimed by the profile, or not observable with it', '配置文件未声明，或无法观察'],
  notCovered: ['Not covered', '未覆盖'],
  notCoveredWhy: ['the suite has no scenario yet, which counts for nothing', '套件尚无场景，不计入结论'],
  colon: [': ', '：'],
  listed: ['Each with its reason in report.html.', '逐条原因见 report.html。'],
  views: ['Views of money', '资金视图'],
  noViews: ['none was offered', '未提供'],
  used: ['used', '已采用'],
  notUsed: ['not used', '未采用'],
  remarks: ['Remarks', '说明'],

  evidence: ['Paper and evidence', '纸面与证据'],
  evidenceWhy: [
    'This page belongs to the files with these SHA-256 digests, and says nothing that they do not.',
    '本页对应具有下列 SHA-256 摘要的文件，所述内容均以其为准。',
  ],
  notKept: ['not beside the result', '未与结果一并保存'],
  whatItIsNot: ['What this is not', '本证书的界限'],
  scope: [
    'It states behaviour against this requirement set, in this run. It is no approval by any card scheme or by EMVCo.',
    '本证书仅说明该主机在本次运行中对照本需求集的行为表现，不构成任何卡组织或 EMVCo 的批准。',
  ],
  name: ['Name, function', '姓名、职务'],
  signature: ['Signature', '签字'],
  signedOn: ['Date, stamp', '日期、盖章'],

  certified: ['Certified', '认证通过'],
  notCertified: ['Not certified', '未通过认证'],
  inconclusive: ['Inconclusive', '无法定论'],
} as const satisfies Readonly<Record<string, Both>>

export const verdictWords: Readonly<Record<VerdictWord, Both>> = {
  failed: ['failed', '失败'],
  inconclusive: ['inconclusive', '无法定论'],
  untested: ['untested', '未测'],
  warned: ['warned', '警告'],
  passed: ['passed', '通过'],
  'not applicable': ['not applicable', '不适用'],
}

export const severityWords: Readonly<Record<RequirementResult['severity'], Both>> = {
  critical: ['critical', '严重'],
  major: ['major', '主要'],
  minor: ['minor', '次要'],
}

/** The titles of the chapters stand in the report; here they are in Chinese. */
const chineseChapters: Readonly<Record<ChapterId, string>> = {
  MSG: '报文',
  SIGN: '签到与回响测试',
  SALE: '消费',
  INQ: '余额查询',
  VOID: '撤销',
  DUP: '重复与重发',
  REV: '冲正与迟到应答',
  REF: '退货',
  PRE: '预授权',
  ADJ: '小费与调整',
  SETL: '结算',
  CONC: '并发操作',
  LEDG: '资金',
  TERM: '操作员流程',
  OFF: '离线消费',
  EMV: '芯片与非接',
  RCPT: '签购单',
  SEC: '权限、密钥与数据',
  NET: '链路与超时',
  HTTP: 'HTTP 接口',
  DESK: '商户后台',
}

/** Views of money, by their names in a result. */
const chineseViews: Readonly<Record<string, string>> = { ledger: '账务', balance: '余额', totals: '结算总额' }

export const viewWords = (name: string): Both => [name, chineseViews[name] ?? name]

const plural = (count: number, one: string, more = `${one}s`): string => (count === 1 ? one : more)

/** Sentences with a number in them. */
export const sentences = {
  allHold: (judged: number) => [
    judged === 1
      ? 'The one requirement that was judged of the acquirer holds.'
      : `All ${judged} requirements that were judged of the acquirer hold.`,
    `已判定的 ${judged} 项主机需求全部满足。`,
  ],
  allHoldBut: (judged: number, deviating: number) => [
    `Of ${judged} requirements that were judged of the acquirer, all hold but ${deviating} that it was agreed to leave open.`,
    `已判定的 ${judged} 项主机需求中，除 ${deviating} 项经批准的偏差外全部满足。`,
  ],
  someFailed: (judged: number, failed: number) => [
    judged === 1
      ? 'The one requirement that was judged of the acquirer was broken.'
      : `Of ${judged} requirements that were judged of the acquirer, ${failed} ${plural(failed, 'was', 'were')} broken.`,
    `已判定的 ${judged} 项主机需求中，${failed} 项未满足。`,
  ],
  warned: (count: number) => [
    `${count} ${plural(count, 'recommendation was', 'recommendations were')} not followed: `,
    `未遵循的建议 ${count} 项：`,
  ],
  ownTerminalFailed: (count: number) => [
    `${count} ${plural(count, 'requirement')} of our own terminal failed: nothing is concluded about the acquirer.`,
    `本工具的终端有 ${count} 项需求失败，对主机不作结论。`,
  ],
  leftOpen: (count: number) => [
    `${count} ${plural(count, 'requirement')} got no verdict that counts: nothing is concluded.`,
    `${count} 项需求未得出有效判定，不作结论。`,
  ],
  onlyOwn: () => [
    'Nothing was judged of the acquirer: this says something about our own terminal only.',
    '未对主机作任何判定，结论仅涉及本工具的终端。',
  ],
  nothingJudged: () => ['Nothing was judged: nothing is concluded.', '未作任何判定，不作结论。'],
  stoppedEarly: (why: string) => [`The run was stopped early: ${why}`, `运行提前中止：${why}`],
  withDeviations: (count: number) => [`with ${count} ${plural(count, 'deviation')}`, `含 ${count} 项偏差`],
  limited: (count: number) => [`for ${count} ${plural(count, 'requirement')} only`, `仅限 ${count} 项需求`],
  shard: (index: number, of: number) => [`in part ${index} of ${of} only`, `仅为第 ${index} 部分（共 ${of} 部分）`],
  more: (count: number) => [`and ${count} more, in report.html`, `另有 ${count} 项，见 report.html`],
  ownPassedOf: (passed: number, of: number) => [`our own terminal ${passed} of ${of}`, `本工具的终端 ${of} 项中 ${passed} 项`],
  passedOf: (passed: number, of: number) => [`${passed} of ${of} passed`, `${of} 项中 ${passed} 项通过`],
} as const satisfies Readonly<Record<string, (...facts: never[]) => Both>>

const isKnown = (id: string): id is ChapterId => Object.hasOwn(chineseChapters, id)

/** `Voids`, `撤销`; a chapter that we do not know is titled by its letters in both. */
export function chapterWords({ id, title }: Readonly<{ id: string; title: string }>): Both {
  return [title, isKnown(id) ? chineseChapters[id] : title]
}

/** `22 November 2026, 05:33 UTC`, `2026年11月22日 05:33 UTC`; what is no instant stands as it is. */
export function dayWords(instant: string): Both {
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) return [instant, instant]
  const day = (locale: string): string => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(at)
  const time = `${at.toISOString().slice(11, 16)} UTC`
  return [`${day('en-GB')}, ${time}`, `${day('zh-CN')} ${time}`]
}
