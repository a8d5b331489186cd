/** Plain `npx cucumber-js` runs the same world: the reference profile against the embedded host. */
export default {
  paths: ['features/**/*.feature'],
  import: ['steps/**/*.ts'],
  format: ['progress'],
  worldParameters: { profile: 'fixtures/profiles/reference.yaml', seed: 'cucumber' },
}
