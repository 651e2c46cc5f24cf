// <x-drafting> lets an editor decide with single keys: j and k move, 1 to 9 take an alternative, 0 keeps the base, b leaves brackets,
// e opens the field for own words, u takes the last decision back. The page is complete without it: every key presses a button
// that stands there. Keys are left alone while something is typed.
class Drafting extends HTMLElement {
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
    return this.cards.indexOf(document.activeElement?.closest?.("article.candidate"));
  }

  move(to) {
    const card = this.cards[Math.max(0, Math.min(to, this.cards.length - 1))];
    card?.focus();
    card?.scrollIntoView({ block: "nearest" });
  }

  press(event) {
    const typed = event.target.closest?.("input:not([type=checkbox]), select, textarea");
    if (typed || event.ctrlKey || event.metaKey || event.altKey) return;
    const card = this.cards[Math.max(0, this.at)];
    const button = this.wanted(event.key, card);
    if (button) {
      event.preventDefault();
      button.click();
    } else if (event.key === "j") this.move(this.at + 1);
    else if (event.key === "k") this.move(this.at - 1);
    else if (event.key === "e" && card) {
      event.preventDefault();
      card.querySelector("details").open = true;
      card.querySelector("textarea").focus();
    }
  }

  wanted(key, card) {
    if (key === "u") return this.querySelector("form.undo button");
    if (key === "0") return card?.querySelector("button.base");
    if (key === "b") return card?.querySelector("button.brackets");
    return /^[1-9]$/.test(key) ? card?.querySelectorAll("button.take")[Number(key) - 1] : undefined;
  }
}

customElements.define("x-drafting", Drafting);
