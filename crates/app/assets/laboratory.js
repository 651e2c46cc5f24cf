// <x-laboratory> computes as soon as a slider is let go, and shows its number while it moves. The page is complete without it: the
// button does the same.
class Laboratory extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    if (!form) return;
    this.stop = new AbortController();
    const signal = this.stop.signal;
    form.addEventListener("input", (event) => {
      const number = event.target.type === "range" && form.querySelector(`output[for="${event.target.id}"]`);
      if (number) number.textContent = event.target.value;
    }, { signal });
    form.addEventListener("change", (event) => {
      if (event.target.type === "range") form.requestSubmit();
    }, { signal });
  }

  disconnectedCallback() {
    this.stop?.abort();
  }
}

customElements.define("x-laboratory", Laboratory);
