// <x-review> lets a reviewer go through the queue with single keys: j and k move, a accepts, c corrects, r rejects, t takes
// the twins along, u takes the last decision back. The page is complete without it: every key presses a button that
// stands there. Keys are left alone while something is typed.
class Review extends HTMLElement {
  connectedCallback() {
    this.cards = [...this.querySelectorAll("article.candidate")];
    this.stop = new AbortController();
    document.addEventListener("keydown", (event) => this.press(event), { signal: this.stop.signal });
    if (location.hash === "#next") this.move(0);
  }

  disconnectedCallback() {
    this.stop?.abort();
  }

  get at() {
    const held = document.activeElement?.closest?.("article.candidate");
    return this.cards.indexOf(held);
  }

  move(to) {
    const card = this.cards[Math.max(0, Math.min(to, this.cards.length - 1))];
    card?.focus();
    card?.scrollIntoView({ block: "nearest" });
  }

  press(event) {
    const typed = event.target.closest?.("input:not([type=checkbox]), select, textarea");
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (typed) {
      if (event.key === "Escape") typed.closest("article")?.focus();
      return;
    }
    const card = this.cards[Math.max(0, this.at)];
    const keys = {
      j: () => this.move(this.at + 1),
      k: () => this.move(this.at - 1),
      a: () => card?.querySelector("button.accept").click(),
      n: () => this.choose(card, "n"),
      p: () => this.choose(card, "p"),
      r: () => this.choose(card, "r") || card?.querySelector("input[name=reason]").focus(),
      c: () => this.correct(card),
      t: () => this.take(card),
      u: () => document.querySelector("form.undo button")?.click(),
    };
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  }

  // Presses the button of the card that bears the key; false where there is none.
  choose(card, key) {
    const button = card?.querySelector(`[data-key=${key}]`);
    button?.click();
    return Boolean(button);
  }

  correct(card) {
    const details = card?.querySelector("details");
    if (!details) return;
    details.open = true;
    details.querySelector("input[name=affiliation]").focus();
  }

  // The same for all twins, whichever button is pressed then.
  take(card) {
    const boxes = [...(card?.querySelectorAll("input[name=twins]") ?? [])];
    const is_on = boxes.some((box) => box.checked);
    for (const box of boxes) box.checked = !is_on;
  }
}

customElements.define("x-review", Review);
