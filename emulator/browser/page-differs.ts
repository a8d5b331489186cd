/** A page is not as the pages file describes it: which page lacks what, and where that is described. */
export class PageDiffers extends Error {
  constructor(says: string) {
    super(says)
    this.name = 'PageDiffers'
  }
}

/** The sign-in is there instead of a page: the session has ended. */
export class SignedOut extends PageDiffers {
  constructor(path: string) {
    super(`the page ${path} is the sign-in, though somebody is signed in`)
    this.name = 'SignedOut'
  }
}
