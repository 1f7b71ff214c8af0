/**
 * Call inside a describe whose tests are the steps of one play: after a step that failed the rest are left out.
 * (Mocha's own bail would end the whole run when files are run side by side.)
 */
export function inSteps(): void {
  let isBroken = false;
  beforeEach(function leaveOut() {
    if (isBroken) this.skip();
  });
  afterEach(function remember() {
    if (this.currentTest?.state === 'failed') isBroken = true;
  });
}
