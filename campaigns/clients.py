"""Lists of possible means beside what one would write in practice, unattacked and attacked.

    python -m campaigns.clients [--only CLIENTS] [--write]

Every adversary of `bounds simulate` in turn, for each setting below: from 200 to 10⁶ clients, one
to 50 groups, 5 to 36 standard deviations apart. All methods see the same draws. The exit status is
1 if the error of possible means is

- without an attack more than 1.5 times that of the best baseline, where groups are 8 apart or more;
- under its worst attack more than 1.5 times that of the rule of the cases, which uses no centre;
- under its worst attack more than 1.1 times that of a baseline under its own worst attack.

Where a bound is proved no client moves by more than u (`bounds.upper.sample_size`), which is 3D/8
at most; what that costs unattacked, 2E[(Z − u)²; Z > u], is added to the limits. It is 0.0001 at D
= 9, and less beyond.

With --write the table goes to docs/how-to/your-own-reports.md.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from fractions import Fraction

from scipy.stats import norm

from bounds.estimation.summary import is_used
from bounds.simulation.worst import worst_of
from bounds.upper.sample_size import farthest_move, sample_size_bound
from campaigns.beside import Campaign, short

OURS, CASES = "possible-means", "possible-means-cases"
BASELINES = ("em", "trimmed-k-means", "cluster-median")
UNATTACKED, ATTACKED, ABOVE_A_BASELINE = 1.5, 1.5, 1.1
_FAR = 8
_ENOUGH = 600_000  # clients drawn for a setting and an adversary, about
_MOST_ROUNDS = 40


@dataclass(frozen=True)
class Setting:
    """k groups of m genuine clients, D apart, and c groups' worth of corrupted ones."""

    k: int
    c: Fraction
    distance: int
    m: int

    @property
    def clients(self) -> int:
        """All of them."""
        return int((self.k + self.c) * self.m)

    @property
    def rounds(self) -> int:
        """More for fewer clients, who differ more from draw to draw."""
        return max(2, min(_MOST_ROUNDS, _ENOUGH // self.clients))


SETTINGS = tuple(
    Setting(k, Fraction(c), distance, m)
    for k, c, distance, m in [
        (1, "1/10", 5, 190), (2, "1/10", 8, 100), (10, "1/2", 12, 20), (10, "1", 20, 19),
        (50, "5", 12, 20), (3, "1/3", 20, 300), (3, "1/3", 5, 300), (20, "2", 10, 200),
        (5, "1/2", 8, 1_000), (50, "5", 36, 200), (1, "1/4", 6, 20_000), (10, "1", 12, 2_000),
        (2, "1/25", 9, 20_000), (2, "1/5", 8, 20_000), (4, "2/5", 36, 20_000),
        (4, "2/5", 5, 20_000), (8, "4/5", 18, 20_000), (20, "1", 9, 20_000),
        (2, "1/5", 24, 200_000), (50, "5", 18, 20_000), (50, "5", 8, 100), (1, "1/10", 20, 10**6),
    ]
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """What was measured in a setting: evidence, not certified.

    Attributes:
        setting: which.
        unattacked: mean squared errors without an attack, by the method.
        attacked: the largest under an attack.
        adversary: whose attack was worst for possible means.
        proved: the bound at this size, rounded up; None where there is none.
        reach: t of its proof.
    """

    setting: Setting
    unattacked: dict[str, float]
    attacked: dict[str, float]
    adversary: str
    proved: str | None
    reach: float | None

    @property
    def failures(self) -> list[str]:
        """Which of the three aims is missed."""
        free, worst, cost = self.unattacked, self.attacked, self.cost_of_short_moves
        limits = {
            "unattacked": (free, UNATTACKED * min(free[name] for name in BASELINES) + cost),
            "beside the cases": (worst, ATTACKED * worst[CASES]),
            "beside the baselines": (
                worst,
                ABOVE_A_BASELINE * min(worst[name] for name in BASELINES) + cost,
            ),
        }
        if self.setting.distance < _FAR:
            del limits["unattacked"]
        return [
            f"{name}: {risks[OURS]:.3g}, above {limit:.3g}"
            for name, (risks, limit) in limits.items()
            if risks[OURS] > limit
        ]

    @property
    def cost_of_short_moves(self) -> float:
        """2E[(Z − u)²; Z > u] where a bound is proved."""
        if self.reach is None:
            return 0.0
        most = float(farthest_move(Fraction(self.reach)))
        return float(2 * ((1 + most * most) * norm.sf(most) - most * norm.pdf(most)))

    def __str__(self) -> str:
        asked = self.setting
        free = min(BASELINES, key=lambda name: self.unattacked[name])
        cells = [
            f"{asked.clients:,}",
            str(asked.k),
            str(asked.distance),
            str(asked.c),
            short(self.unattacked[OURS]),
            f"{short(self.unattacked[free])} ({free})",
            *(short(self.attacked[name]) for name in (OURS, CASES, *BASELINES)),
            self.proved or "none",
        ]
        return f"| {' | '.join(cells)} |"


HEAD = (
    "| clients | k | D | c | no attack: this | best baseline | worst attack: this | cases only |"
    " EM | trimmed k-means | cluster medians | proved |\n" + "| --- " * 12 + "|\n"
)


def measure(setting: Setting, seed: int = 0) -> Row:
    """Every adversary, every method."""
    found = worst_of(
        setting.k,
        setting.c,
        setting.m,
        Fraction(min(setting.distance, 288), 9),
        separation=setting.distance,
        estimators=[OURS, CASES, *BASELINES],
        reps=setting.rounds,
        seed=seed,
    )
    risks = {
        adversary: {name: risk.mean for name, risk in run.risks.items()}
        for adversary, run in found.runs.items()
    }
    free = risks.pop("none")
    worst = {name: max(risk[name] for risk in risks.values()) for name in free}
    m = setting.clients / (setting.k + setting.c)
    bound = sample_size_bound(setting.k, setting.c, setting.distance, m)
    design = bound.design if is_used(bound) else None
    return Row(
        setting,
        free,
        worst,
        max(risks, key=lambda adversary: risks[adversary][OURS]),
        bound.value.decimals(3)[1] if design else None,
        float(design.reach) if design else None,
    )


CAMPAIGN = Campaign(
    "clients",
    __doc__,
    sorted(SETTINGS, key=lambda setting: (setting.clients, setting.distance)),
    measure,
    lambda setting: setting.clients,
    "clients",
    HEAD,
)
main = CAMPAIGN.main


if __name__ == "__main__":
    sys.exit(main())
