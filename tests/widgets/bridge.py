"""A form of ours in a plain page, whose wishes reach the real Python side: a notebook without the notebook."""

from __future__ import annotations

import json

from playwright.sync_api import Page

from tertius.widgets.form import Form

TRAITS = ("key", "shape", "values", "panel", "sign", "answer")
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A form</title><style>body {{ margin: 1rem }} {css}</style></head>
<body><main id="here"></main></body></html>"""
HOST = """
const heard = new Map();
let state = JSON.parse(await pythonState());
const model = {
  get: (name) => state[name],
  on: (event, callback) => heard.set(event, (heard.get(event) ?? new Set()).add(callback)),
  off: (event, callback) => heard.get(event)?.delete(callback),
  async send(wish) {
    const { traits, messages } = JSON.parse(await pythonHear(JSON.stringify(wish)));
    const changed = Object.keys(traits).filter((name) => JSON.stringify(traits[name]) !== JSON.stringify(state[name]));
    state = traits;
    for (const message of messages) for (const callback of heard.get("msg:custom") ?? []) callback(message);
    for (const name of changed) for (const callback of heard.get(`change:${name}`) ?? []) callback();
  },
};
globalThis.end = form.render({ model, el: document.getElementById("here") });
"""


def open_form(page: Page, form: Form, folder) -> None:
    """Show a form in a page, which may hold another one already."""
    sent: list[dict] = []
    form.send = lambda content, buffers=None: sent.append(content)

    def traits() -> dict:
        return {name: getattr(form, name) for name in TRAITS}

    def hear(wish: str) -> str:
        sent.clear()
        form.hear(json.loads(wish))
        return json.dumps({"traits": traits(), "messages": sent})

    page.expose_function("pythonState", lambda: json.dumps(traits()))
    page.expose_function("pythonHear", hear)
    file = folder / "form.html"
    file.write_text(PAGE.format(css=form._css), encoding="utf-8")
    page.goto(file.as_uri())
    script = str(form._esm).replace("export default { render };", "const form = { render };")
    page.add_script_tag(content=script + HOST, type="module")
    page.locator(".tertius-form[data-live]").wait_for()
