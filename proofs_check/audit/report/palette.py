"""One sign and one colour for each verdict: for report, docs, graph and terminal."""

from __future__ import annotations

from dataclasses import dataclass

from proofs_check.audit.verdict import Verdict


@dataclass(frozen=True)
class Look:
    """How a verdict looks.

    Attributes:
        sign: a character beside the word: no meaning hangs on colour alone.
        light: the colour on white, with a contrast of 4.5 or more.
        dark: the colour on the dark page.
        terminal: its name for terminals, which have themes of their own.
    """

    sign: str
    light: str
    dark: str
    terminal: str


PALETTE = {
    Verdict.CERTIFIED: Look("✓", "#00694d", "#35c79a", "green"),
    Verdict.REFUTED: Look("✗", "#a63c00", "#ff9a5c", "red"),
    Verdict.REPAIRED: Look("↻", "#0a5a94", "#6cb8f0", "blue"),
    Verdict.GAP: Look("△", "#7a5200", "#e8b84a", "yellow"),
    Verdict.INCONCLUSIVE: Look("?", "#8a2f6b", "#e59ac8", "magenta"),
    Verdict.NOT_MACHINE_CHECKABLE: Look("–", "#57606a", "#a3adb8", "bright_black"),
}


def name_of(verdict: Verdict) -> str:
    """The verdict as a name for style sheets and addresses."""
    return verdict.value.replace(" ", "-")


def variables(theme: str) -> str:
    """The colours of a theme, "light" or "dark", as custom properties of CSS."""
    return "\n".join(
        f"  --{name_of(verdict)}: {getattr(look, theme)};" for verdict, look in PALETTE.items()
    )
