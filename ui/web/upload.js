// Takes one small file from the reader's own disk. Streamlit's own box speaks English only.
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
  }

  async take(file) {
    if (!file) return;
    const said = { name: file.name, size: file.size, base64: "" };
    // A file that is too large is named, never sent.
    if (file.size <= this.data.most) {
      this.label.children[1].textContent = this.data.strings.sending ?? this.data.strings.upload;
      const url = await new Promise((done) => {
        const reader = Object.assign(new FileReader(), { onload: () => done(reader.result) });
        reader.readAsDataURL(file);
      });
      said.base64 = url.slice(url.indexOf(",") + 1);
    }
    this.input.value = "";
    this.send("file", said);
  }
}
