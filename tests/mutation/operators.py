"""A mutant is a module of `course.nn` with one small thing in it done wrong.

Every change is an ordinary slip: a sign, an axis, a comparison, a copy or a check left out. It is
made on the syntax tree and written back into the source at the same place, so that a mutant is
known by its changed line. Docstrings, annotations and the wording of errors stay as they are.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import course.nn

ROOM = Path(course.nn.__file__).parent
MODULES = tuple(sorted(path.stem for path in ROOM.glob("[!_]*.py")))

OPERATORS = {
    ast.Add: [ast.Sub],
    ast.Sub: [ast.Add],
    ast.Mult: [ast.Div],
    ast.Div: [ast.Mult],
    ast.MatMult: [ast.Mult],
    ast.Pow: [ast.Mult],
    ast.Mod: [ast.FloorDiv],
    ast.BitOr: [ast.BitAnd],
    ast.Lt: [ast.LtE, ast.GtE],
    ast.LtE: [ast.Lt, ast.Gt],
    ast.Gt: [ast.GtE, ast.LtE],
    ast.GtE: [ast.Gt, ast.Lt],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.In: [ast.NotIn],
    ast.NotIn: [ast.In],
    ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
    ast.And: [ast.Or],
    ast.Or: [ast.And],
}
TAKEN_FOR = {
    "all": "any",
    "any": "all",
    "max": "min",
    "min": "max",
    "maximum": "minimum",
    "argmax": "argmin",
    "sum": "mean",
    "mean": "sum",
    "ones": "zeros",
    "zeros": "ones",
    "ones_like": "zeros_like",
    "add": "subtract",
    "subtract": "add",
    "multiply": "divide",
}
METHODS_FORGOTTEN = {"copy", "astype", "item", "ravel", "swapaxes", "transpose"}
FUNCTIONS_FORGOTTEN = {"abs", "exp", "float", "int", "list", "reversed", "round", "set", "sorted"}
FUNCTIONS_FORGOTTEN |= {"sqrt", "tanh", "float64"}
# Its numbers are a choice, judged by how well it reads digits: others are as right.
FREE_IN_ITS_NUMBERS = {"design"}
# A hunt's answer is a few examples, and others are as good.
HUNT = "hunt_"
# These compare or print; the others in `arguments` hand their value back, checked.
NO_CHECKS = {"refuse", "shown", "fits", "described", "no_cycle"}


@dataclass(frozen=True)
class Mutant:
    """One module of `course.nn` with one change."""

    module: str
    function: str
    line: str
    source: str

    @property
    def name(self) -> str:
        """What it is known by: where it is and how the changed line reads."""
        return f"{self.module}.{self.function}: {self.line}"


def source_of(module: str) -> str:
    return (ROOM / f"{module}.py").read_text(encoding="utf-8")


def mutants_of(module: str) -> list[Mutant]:
    """Return every mutant of a module, in the order of its lines."""
    source = source_of(module)
    found: dict[str, Mutant] = {}
    for function, node, text in changes(ast.parse(source)):
        if function.startswith(HUNT):
            continue
        mutated, line = spliced(source, node, text)
        if mutated != source:
            found.setdefault(mutated, Mutant(module, function, line, mutated))
    return list(found.values())


def spliced(source: str, node: ast.AST, text: str) -> tuple[str, str]:
    """Return the source with `text` in the node's place, and the line on which it then stands."""
    lines = source.encode().splitlines(keepends=True)  # the tree counts columns in bytes
    first, last = node.lineno - 1, node.end_lineno - 1
    head, tail = lines[first][: node.col_offset], lines[last][node.end_col_offset :]
    changed = head + text.encode() + tail
    line = changed.decode().strip().splitlines()[0]
    return b"".join([*lines[:first], changed, *lines[last + 1 :]]).decode(), line


def changes(tree: ast.Module) -> Iterator[tuple[str, ast.AST, str]]:
    """Yield, for every change: the function it is in, the node, the text to put in its place."""
    yield from _inside(tree, "module", set())


def _inside(node: ast.AST, function: str, bound: set[str]) -> Iterator[tuple[str, ast.AST, str]]:
    match node:
        case ast.JoinedStr() | ast.Import() | ast.ImportFrom() | ast.AnnAssign(value=None):
            return
        case ast.Assign(value=ast.Subscript()) if function == "module":
            return  # the name of a type
        case ast.Constant() if function.split(".")[0] in FREE_IN_ITS_NUMBERS:
            return
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            function = name if function == "module" else f"{function}.{name}"
            bound = {arg.arg for arg in ast.walk(node) if isinstance(arg, ast.arg)}
    if isinstance(node, ast.expr):
        for other in wrong_expressions(node):
            yield function, node, f"({ast.unparse(ast.fix_missing_locations(other))})"
    if isinstance(node, ast.stmt):
        for text in wrong_statements(node, bound):
            yield function, node, text
        bound |= _names_bound(node)
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list", "ops"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_docstring(child):
                yield from _inside(child, function, bound)


def _names_bound(node: ast.stmt) -> set[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return {
        name.id
        for target in targets
        if target is not None
        for name in ast.walk(target)
        if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
    }


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def wrong_expressions(node: ast.expr) -> Iterator[ast.expr]:
    """Yield what may stand by mistake where this expression stands."""
    match node:
        case ast.BinOp(left, op, right):
            for other in OPERATORS.get(type(op), []):
                yield ast.BinOp(left, other(), right)
        case ast.BoolOp(op, values):
            yield ast.BoolOp(OPERATORS[type(op)][0](), values)
        case ast.Compare(left, ops, rights):
            for place, op in enumerate(ops):
                for other in OPERATORS[type(op)]:
                    yield ast.Compare(left, [*ops[:place], other(), *ops[place + 1 :]], rights)
        case ast.UnaryOp(ast.Not() | ast.USub() | ast.UAdd(), operand):
            yield operand
        case ast.IfExp(_, body, orelse):
            yield from (body, orelse)
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value)):
            yield from (ast.Constant(value + 1), ast.Constant(value - 1))
        case ast.Constant(float(value)):
            yield ast.Constant(2 * value if value else 1.0)
        case ast.Call():
            yield from _wrong_calls(node)
        case ast.Attribute(value, "T"):
            yield value
        case ast.Attribute(value, name, ast.Load()) if name in TAKEN_FOR:
            yield ast.Attribute(value, TAKEN_FOR[name], ast.Load())
        case ast.Subscript(value, ast.Tuple([])):
            yield value
        case ast.Subscript(value, ast.Slice(lower, upper, step), ctx):
            ends = [(None, upper, step), (lower, None, step), (lower, upper, None)]
            for end in ends:
                if end != (lower, upper, step):
                    yield ast.Subscript(value, ast.Slice(*end), ctx)
        case ast.ListComp(_, generators) | ast.GeneratorExp(_, generators):
            yield from _without_conditions(node, generators)
        case ast.DictComp(_, _, generators) | ast.SetComp(_, generators):
            yield from _without_conditions(node, generators)


def _without_conditions(node: ast.expr, generators: list) -> Iterator[ast.expr]:
    if any(one.ifs for one in generators):
        bare = [ast.comprehension(one.target, one.iter, [], 0) for one in generators]
        yield type(node)(**{**dict(ast.iter_fields(node)), "generators": bare})


def _wrong_calls(node: ast.Call) -> Iterator[ast.expr]:
    func, args, keywords = node.func, node.args, node.keywords
    for place in range(len(keywords)):
        yield ast.Call(func, args, keywords[:place] + keywords[place + 1 :])
    match func:
        case ast.Attribute(value, name) if name in METHODS_FORGOTTEN:
            yield value
        case ast.Attribute(_, "where") if len(args) == 3:
            yield ast.Call(func, [args[0], args[2], args[1]], keywords)
        case ast.Name(name) | ast.Attribute(_, name) if name in FUNCTIONS_FORGOTTEN and args:
            yield args[0]
        case ast.Name(name) if name in TAKEN_FOR:
            yield ast.Call(ast.Name(TAKEN_FOR[name]), args, keywords)
        case ast.Name("network"):
            yield args[0]
        case ast.Name(name) if name in CHECKS and len(args) > 1:
            yield args[1]
            yield from [ast.Call(func, args[:-1], keywords)] * (len(args) > 2)
            if isinstance(args[0], ast.Constant):
                yield ast.Call(func, [ast.Constant("another name"), *args[1:]], keywords)


def wrong_statements(node: ast.stmt, bound: set[str]) -> Iterator[str]:
    """Yield the text of what may stand by mistake where this statement stands."""
    match node:
        case ast.Expr() | ast.Raise():
            yield _left_out(node)
        case ast.Return(value) if value is not None:
            yield f"return None  # not {ast.unparse(value)}"
        case ast.AugAssign(target, op, value):
            yield _left_out(node)
            yield ast.unparse(ast.Assign([target], value, lineno=0))
            for other in OPERATORS.get(type(op), []):
                yield ast.unparse(ast.AugAssign(target, other(), value))
        case ast.Assign():
            if _names_bound(node) <= bound:
                yield _left_out(node)
        case ast.If(test, body, orelse):
            yield _indented(ast.If(ast.UnaryOp(ast.Not(), test), body, orelse), node)
        case ast.While(test, body, orelse):
            yield _indented(ast.While(ast.UnaryOp(ast.Not(), test), body, orelse), node)
        case ast.For(target, _, body, orelse):
            yield _indented(ast.For(target, ast.List([]), body, orelse, lineno=0), node)


def _left_out(node: ast.stmt) -> str:
    return f"pass  # {ast.unparse(node)}"


def _indented(new: ast.stmt, old: ast.stmt) -> str:
    text = ast.unparse(ast.fix_missing_locations(new))
    return text.replace("\n", "\n" + " " * old.col_offset)


def _names_of_checks() -> set[str]:
    tree = ast.parse(source_of("arguments"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)} - NO_CHECKS


CHECKS = _names_of_checks()
