// <x-drafting> lets an editor decide with single keys: j and k move, 1 to 9 take an alternative, 0 keeps the base, a keeps both, b leaves
// brackets, n takes none, e opens the field for own words, u takes the last decision back. The page is complete without it: every key presses a button
// that stands there. Keys are left alone while something is typed. What a button or own words would make of the text is shown below them.
class Drafting extends HTMLElement {
  connectedCallback() {
    this.cards = [...this.querySelectorAll("article.candidate")];
    this.stop = new AbortController();
    const signal = this.stop.signal;
    document.addEventListener("keydown", (event) => this.press(event), { signal });
    for (const kind of ["focusin", "pointerover"]) {
      this.addEventListener(kind, (event) => this.offer(event.target.closest("button[name=choice]")), { signal });
    }
    this.addEventListener("input", (event) => {
      if (event.target.name === "text") this.offer(event.target.closest("details").querySelector("button.text"));
    }, { signal });
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

  /** Shows what a button would make of the text, a moment after it was pointed at. */
  offer(button) {
    const card = button?.closest("article.candidate");
    if (!card) return;
    const fields = new URLSearchParams({ conflict: button.form.elements.conflict.value, choice: button.value });
    if (button.value === "text") fields.set("text", button.form.elements.text.value);
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.show(card.querySelector(".preview"), fields), 200);
  }

  async show(place, fields) {
    const address = `${place.dataset.from}?${fields}`;
    if (place.dataset.shown === address) return;
    const answer = await fetch(address, { signal: this.stop.signal }).catch(() => null);
    if (!answer?.ok) return place.replaceChildren();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    place.dataset.shown = address;
    place.replaceChildren(...(page.querySelector("section.preview")?.children ?? []));
  }

  wanted(key, card) {
    if (key === "u") return this.querySelector("form.undo button");
    if (key === "0") return card?.querySelector("button.base");
    if (key === "b") return card?.querySelector("button.brackets");
    if (key === "a") return card?.querySelector("button.both");
    if (key === "n") return card?.querySelector("button.drop");
    return /^[1-9]$/.test(key) ? card?.querySelectorAll("button.take")[Number(key) - 1] : undefined;
  }
}

customElements.define("x-drafting", Drafting);
