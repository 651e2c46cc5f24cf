// <x-readout> shows the read-out of the mark that is pointed at or focused in its figure. The page is complete without
// it: the same text is the mark's <title> and a row of the table. Nothing is announced twice, so it is hidden from
// screen readers.
class Readout extends HTMLElement {
  connectedCallback() {
    this.figure = this.closest("figure");
    if (!this.figure) return;
    this.setAttribute("aria-hidden", "true");
    this.rest = this.textContent;
    this.stop = new AbortController();
    const signal = this.stop.signal;
    for (const event of ["pointerover", "focusin"]) {
      this.figure.addEventListener(event, (happened) => this.show(happened.target), { signal });
    }
    for (const event of ["pointerleave", "focusout"]) {
      this.figure.addEventListener(event, () => this.show(document.activeElement), { signal });
    }
  }

  disconnectedCallback() {
    this.stop?.abort();
  }

  // The mark around `target`: a link or group of a chart with a title of its own.
  show(target) {
    const mark = target?.closest?.(".chart a, .chart g");
    const title = mark && this.figure.contains(mark) ? mark.querySelector(":scope > title") : null;
    this.textContent = title ? title.textContent : this.rest;
  }
}

customElements.define("x-readout", Readout);
