/** How quick this machine is beside the usual one, by the steps that it has done. */
export class Pace {
  #usual = 0;
  #took = 0;

  /** A step is done that usually takes so many seconds and took so many here. */
  done(usual: number, took: number): void {
    this.#usual += usual;
    this.#took += took;
  }

  /** Seconds that something will take here which usually takes so many. */
  here(usual: number): number {
    return this.#usual > 0 ? (usual * this.#took) / this.#usual : usual;
  }
}
