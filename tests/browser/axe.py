"""Whether a part of a page can be used by people who cannot see it, point at it, or tell its colours: by axe-core."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Locator

GRAVE = ("serious", "critical")

RUN = """async (root, grave) => {
    const { violations } = await axe.run(root, { resultTypes: ["violations"] });
    const told = ({ id, impact, help, nodes }) => nodes.map(({ target, any, all, none }) => {
        const why = [...any, ...all, ...none].map(({ message }) => message)[0];
        return `${impact}: ${id} (${help}) at ${target}: ${why}`;
    });
    return violations.filter(({ impact }) => grave.includes(impact)).flatMap(told);
}"""


def violations(root: Locator) -> list[str]:
    """Say in a line each what is serious or critical within one element; what is around it is Lab's and not ours."""
    root.scroll_into_view_if_needed()
    if not root.page.evaluate("() => Boolean(globalThis.axe)"):
        root.page.evaluate(AXE_SCRIPT)
    return root.evaluate(RUN, GRAVE)
