"""All attacks by name."""

from tests.adversarial import delegating, files, forging, harm, leaking, notebook_tricks
from tests.adversarial.attack import Attack

ATTACKS: list[Attack] = [
    *forging.ATTACKS,
    *delegating.ATTACKS,
    *notebook_tricks.ATTACKS,
    *files.ATTACKS,
    *leaking.ATTACKS,
    *harm.ATTACKS,
]
BY_NAME: dict[str, Attack] = {attack.name: attack for attack in ATTACKS}
