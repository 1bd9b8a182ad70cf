// The page's connection to its process: draws what it sends (anywidget's front-end modules) and
// carries answers there and back. It replaces the general front end, which is 4 MB in 90 files;
// ours needs one kind of widget. Protocols: Jupyter messaging 5.3, Jupyter widgets 2.1.
"use strict";
(() => {
  const RETRY_MS = 2000;
  const RESTARTED = new Set(["restarting", "autorestarting"]);

  // The messages between this page and its process.
  class Connection {
    constructor(kernel, heard, changed) {
      this.kernel = kernel;
      this.session = crypto.randomUUID();
      this.heard = heard; // a comm message came: (comm id, data)
      this.changed = changed; // "open", "closed" or "lost"
      this.waiting = []; // said while not connected
      this.lost = false;
    }
    open() {
      const place = `${location.host}/api/kernels/${this.kernel}/channels?session_id=${this.session}`;
      this.socket = new WebSocket(`ws://${place}`);
      this.socket.onopen = () => {
        this.changed("open");
        this.waiting.splice(0).forEach((message) => this.socket.send(message));
      };
      this.socket.onmessage = ({ data }) => typeof data === "string" && this.receive(JSON.parse(data));
      this.socket.onclose = () => this.retry();
    }
    // Look again after a while: is the course closed, the process gone, or was it a short break?
    retry() {
      if (this.lost) return;
      this.changed("closed");
      setTimeout(async () => {
        const there = await fetch(`/api/kernels/${this.kernel}`).then((answer) => answer.ok, () => null);
        if (there) this.open();
        else if (there === null) this.retry();
        else this.lose();
      }, RETRY_MS);
    }
    lose() {
      this.lost = true;
      this.changed("lost");
      this.socket.close();
    }
    receive({ header, content }) {
      if (header.msg_type === "comm_msg") this.heard(content.comm_id, content.data);
      else if (header.msg_type !== "status") return;
      else if (RESTARTED.has(content.execution_state)) this.lose();
      else if (content.execution_state === "dead") this.socket.close();
    }
    say(comm, data) {
      const header = {
        msg_id: crypto.randomUUID(),
        msg_type: "comm_msg",
        session: this.session,
        username: "",
        date: new Date().toISOString(),
        version: "5.3",
      };
      const content = { comm_id: comm, data };
      const message = JSON.stringify({ header, parent_header: {}, metadata: {}, content, channel: "shell" });
      if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(message);
      else this.waiting.push(message);
    }
  }

  // What a widget's front-end module sees as its `model`.
  class Model {
    constructor(say) {
      this.say = say;
      this.state = {};
      this.unsaved = {};
      this.listeners = new Map();
    }
    get(name) {
      return this.state[name];
    }
    set(name, value) {
      if (this.state[name] === value) return;
      this.state[name] = value;
      this.unsaved[name] = value;
      this.tell(`change:${name}`);
    }
    save_changes() {
      const state = this.unsaved;
      this.unsaved = {};
      if (Object.keys(state).length) this.say({ method: "update", state, buffer_paths: [] });
    }
    send(content) {
      this.say({ method: "custom", content });
    }
    on(event, listener) {
      this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
    }
    off(event, listener) {
      const kept = (this.listeners.get(event) ?? []).filter((other) => listener && other !== listener);
      this.listeners.set(event, kept);
    }
    tell(event, ...details) {
      (this.listeners.get(event) ?? []).forEach((listener) => listener(...details));
    }
    receive(data) {
      if (data.method === "custom") this.tell("msg:custom", data.content, []);
      if (data.method !== "update") return;
      Object.assign(this.state, data.state);
      Object.keys(data.state).forEach((name) => this.tell(`change:${name}`));
    }
  }

  const styles = new Set();
  const draw = async (model, place) => {
    const css = model.get("_css");
    if (css && !styles.has(css)) {
      styles.add(css);
      const style = document.createElement("style");
      style.textContent = css;
      document.head.append(style);
    }
    const url = URL.createObjectURL(new Blob([model.get("_esm")], { type: "text/javascript" }));
    let widget = (await import(url)).default;
    URL.revokeObjectURL(url);
    if (typeof widget === "function") widget = await widget();
    await widget.initialize?.({ model });
    const element = document.createElement("div");
    await widget.render?.({ model, el: element });
    place.replaceChildren(element);
  };

  // Draw every widget of the page, and tell `changed` how the connection is. `failed` gets the
  // places that could not be drawn.
  window.course_connect = (kernel, changed, failed) => {
    const models = new Map();
    const places = new Map();
    const connection = new Connection(
      kernel,
      (comm, data) => {
        const model = models.get(comm);
        if (!model) return;
        model.receive(data);
        if (places.has(comm) && model.get("_esm")) {
          const place = places.get(comm);
          places.delete(comm);
          draw(model, place).catch(() => failed(place));
        }
      },
      changed,
    );
    document.querySelectorAll("[data-widget]").forEach((place) => {
      const comm = place.dataset.widget;
      models.set(comm, new Model((data) => connection.say(comm, data)));
      places.set(comm, place);
      models.get(comm).say({ method: "request_state" });
    });
    connection.open();
    // The process ends with its page, a little later: what was said last is still heard.
    addEventListener("pagehide", () => {
      const form = new FormData();
      form.append("_xsrf", document.cookie.match(/(?:^|; )_xsrf=([^;]*)/)?.[1] ?? "");
      navigator.sendBeacon(`/goodbye/${kernel}`, form);
    });
  };
})();
