/** The account that AWS writes in its own examples, and that stands in settings which nobody has made his own: nothing exists in it. */
export const EXAMPLE_ACCOUNT = "111122223333";
