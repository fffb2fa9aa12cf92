"""All attacks by name."""

from tests.adversarial import delegating, files, forging, harm, leaking, notebook_tricks, reporting
from tests.adversarial.attack import Attack

MODULES = (forging, reporting, delegating, notebook_tricks, files, leaking, harm)
ATTACKS: list[Attack] = [attack for module in MODULES for attack in module.ATTACKS]
BY_NAME: dict[str, Attack] = {attack.name: attack for attack in ATTACKS}
