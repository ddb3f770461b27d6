// Takes one file from the reader's own disk, whole or, where `part` says how large, in parts that Python asks for one
// by one: a message may have 25 MB. Streamlit's own box speaks English only.
import { h } from "./dom.js";

export default function render({ parentElement, data, setTriggerValue }) {
  parentElement.zonesUpload ??= new Upload(parentElement);
  parentElement.zonesUpload.draw(data, setTriggerValue);
}

class Upload {
  constructor(parent) {
    this.input = h("input", { type: "file", class: "z-file" });
    this.label = h("label", { class: "z-upload" }, this.input, h("b", {}), h("small", {}));
    parent.append(this.label);
    this.input.addEventListener("change", () => this.take(this.input.files[0]));
    for (const name of ["dragover", "dragleave", "drop"]) {
      this.label.addEventListener(name, (event) => {
        event.preventDefault();
        this.label.classList.toggle("z-over", name === "dragover");
        if (name === "drop") this.take(event.dataTransfer.files[0]);
      });
    }
  }

  draw(data, send) {
    this.data = data;
    this.send = send;
    this.input.accept = data.accept;
    this.label.children[1].textContent = data.strings.upload;
    this.label.children[2].textContent = data.strings.upload_note;
    this.goOn(data.next);
  }

  // Python has all bytes up to `at`: send what follows.
  goOn(next) {
    if (!this.parts || next?.id !== this.parts.id) return;
    const { file, sent } = this.parts;
    if (next.at === file.size) this.parts = null;
    else {
      this.label.children[1].textContent = `${this.data.strings.sending} ${Math.floor((100 * next.at) / file.size)}%`;
      if (next.at === sent) this.sendPart(next.at);
    }
  }

  async sendPart(at) {
    const parts = this.parts;
    const end = Math.min(at + this.data.part, parts.file.size);
    parts.sent = end;
    const base64 = await encoded(parts.file.slice(at, end));
    if (parts === this.parts)
      this.send("part", { id: parts.id, name: parts.file.name, size: parts.file.size, at, base64 });
  }

  async take(file) {
    if (!file) return;
    if (this.data.part) {
      this.label.children[1].textContent = this.data.strings.sending;
      this.input.value = "";
      this.parts = { file, id: crypto.getRandomValues(new Uint32Array(2)).join("-") };
      if (file.size <= this.data.most) this.sendPart(0);
      else this.send("part", { id: this.parts.id, name: file.name, size: file.size, at: 0, base64: "" });
      return;
    }
    const said = { name: file.name, size: file.size, base64: "" };
    // A file that is too large is named, never sent.
    if (file.size <= this.data.most) {
      said.base64 = await encoded(file);
    }
    this.input.value = "";
    this.send("file", said);
  }
}

async function encoded(blob) {
  const url = await new Promise((done) => {
    const reader = Object.assign(new FileReader(), { onload: () => done(reader.result) });
    reader.readAsDataURL(blob);
  });
  return url.slice(url.indexOf(",") + 1);
}
