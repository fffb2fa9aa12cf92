"""What an exception means here: the common ones, in the words of the course.

Python says what went wrong, seldom why. A `Cause` is a pattern of what Python says, and a sentence
on what that means in a function that is asked a question. It is looked up by the exception's kind
and message, the student's line that raised it, what was in that line, and what was asked.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.exercises.engine.answer_sheet import TIMEOUT
from course.exercises.engine.exercise import SIZE
from course.exercises.engine.raised import Raised


@dataclass(frozen=True)
class Cause:
    """What an exception means.

    kind: the name of the exception, or of an ancestor of it.
    message: a pattern that its message has.
    says: the sentence for the student.
    detail: a sentence before it: it may use what the patterns' groups match.
    line: a pattern that the student's own line has; "^$" if the error was in none of them.
    values: a pattern of what a name in that line stands for, as in "b is an array of shape (1, 2)".
    asked: "number" if it holds only for a question that has a plain number among its arguments.
    exercises: the exercises in which it means this; none if it means this everywhere.
    """

    kind: str
    message: str
    says: str
    detail: str = ""
    line: str = ""
    values: str = ""
    asked: str = ""
    exercises: tuple[str, ...] = ()

    def found(self, exercise: str, error: Raised, args: Mapping[str, Any]) -> dict[str, str] | None:
        """Return what the patterns' groups match if this is the cause of `error`, or else None."""
        if self.kind not in error.kinds or (self.exercises and exercise not in self.exercises):
            return None
        if self.asked == "number" and not any(_is_number(value) for value in args.values()):
            return None
        message, line = re.search(self.message, error.message), re.search(self.line, error.line)
        known = [f"{name} is {value}" for name, value in error.values]
        held = any(re.search(self.values, one) for one in known) or not self.values
        return {**message.groupdict(), **line.groupdict()} if message and line and held else None


def cause_of(exercise: str, error: Raised, args: Mapping[str, Any]) -> str | None:
    """Say what an exception means, or None if nothing certain is known."""
    if error.kinds[:1] == (TIMEOUT,):
        return _why_no_answer(error, args)
    for cause in CAUSES:
        groups = cause.found(exercise, error, args)
        if groups is not None:
            return f"{cause.detail.format(**groups)} {cause.says}".strip()
    return None


def _why_no_answer(error: Raised, args: Mapping[str, Any]) -> str | None:
    """Tell a function that is too slow from a loop that may never end."""
    if error.answered:
        return (
            f"It is too slow, but it does end: there was an answer for a {SIZE} of "
            f"{error.answered:,}, but not for one of {args[SIZE]:,}."
        )
    if error.line.startswith("while"):
        return "It was still in this loop. Does its condition ever become false?"
    return "Either something in it never ends, or it takes far too many steps."


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | np.number) or (
        isinstance(value, np.ndarray) and value.ndim == 0
    )


MODULES = ("collections", "copy", "functools", "itertools", "math", "operator", "random", "time")
GRAPH = ("forward_pass", "backward_pass", "graph_of")
EDGES = ("topological_order", "forward_dag")
ELEMENTWISE = (
    *("identity", "relu", "tanh", "sigmoid", "softplus"),
    *("d_sigmoid", "d_tanh", "d_relu"),
)
NUMBER = r"(?:float|int|bool|numpy\.(?:float|int)\d+|numpy\.bool)"
MATH = r"(?P<function>exp|log|log1p|sqrt|tanh|sinh|cosh|sin|cos|fabs|floor|ceil|pow)"
CAUSES = (
    # The program around the function.
    Cause("SystemExit", "", "exit, quit and sys.exit end the whole program: use return instead."),
    Cause(
        "AssertionError",
        "",
        "This is your own assert: what it demands does not hold for this question.",
        line=r"^assert\b",
    ),
    Cause(
        "Exception",
        "",
        "Your own code raises this error: the condition before it turns this question down.",
        line=r"^raise\b",
    ),
    Cause(
        "RecursionError",
        "",
        "The function calls itself about a thousand times over, and Python stops there. "
        "Either the calls never end, or the chain is too long for them: use a loop.",
    ),
    Cause(
        "UnboundLocalError",
        "(?:local variable|free variable)? ?'(?P<name>\\w+)'",
        "It gets its value further down, or in a branch or a loop that was not run.",
        detail="{name} has no value yet in this line.",
    ),
    Cause(
        "NameError",
        "name 'np' is not defined",
        "Run the notebook's first code cell: it imports NumPy as np, and after a restart of the "
        "kernel it has to run again.",
    ),
    Cause(
        "NameError",
        f"name '(?P<name>{'|'.join(MODULES)})' is not defined",
        "Write that line above your function, in the same cell.",
        detail="{name} is a module of Python's: it is there once it is imported, with "
        "`import {name}`.",
    ),
    Cause(
        "NameError",
        "name '(?P<name>\\w+)' is not defined",
        "If a cell further up defines this name, run that cell: after a restart of the kernel all "
        "cells have to run again. If none does, look for a typing error.",
        detail="Nothing is called {name} here.",
    ),
    Cause(
        "TypeError",
        r"positional arguments? but|required positional argument|unexpected keyword argument"
        r"|required keyword-only argument|multiple values for argument",
        "Your function does not take the arguments that it is given: leave the def line as it was "
        "in the exercise's cell.",
        line="^$",
    ),
    # Graphs of unit 4.
    Cause(
        "AttributeError",
        r"'NoneType' object has no attribute '(value|deriv)'",
        "A leaf has no operation: its op is None. Leave a leaf's output as it is.",
        exercises=("forward_pass",),
    ),
    Cause(
        "AttributeError",
        r"'NoneType' object has no attribute '(value|deriv)'",
        "A leaf has no operation: its op is None, and it hands nothing on.",
        exercises=("backward_pass",),
    ),
    Cause(
        "TypeError",
        "'tuple' object is not callable",
        "inputs is a tuple of nodes, not a function: write v.inputs, without brackets.",
        line=r"\.inputs\(\)",
        exercises=GRAPH,
    ),
    Cause(
        "TypeError",
        "'(?:Op|NoneType)' object is not callable",
        "An operation is not a function itself: what it computes is op.value(*xs), with the "
        "inputs' outputs xs. A leaf has none: its op is None.",
        line=r"\bop\(",
        exercises=GRAPH,
    ),
    Cause(
        "AttributeError",
        r"'Node' object has no attribute '(?P<name>\w+)'",
        "A node has inputs, op, output and delta: its value is kept in output, its derivative in "
        "delta, and the slide's v.deriv(u) is v.op.deriv(i, *xs), by the input's number i.",
        detail="A node has no {name}.",
        exercises=GRAPH,
    ),
    Cause(
        "TypeError",
        r"missing \d+ required positional argument|takes \d+ positional arguments? but \d+"
        r"|can't multiply sequence",
        "An operation takes its inputs one by one: op.value(*xs), with a star, not op.value(xs); "
        "its derivative op.deriv(i, *xs) has the input's number before them.",
        line=r"\bop\.(value|deriv)\(",
        exercises=GRAPH,
    ),
    Cause(
        "TypeError",
        r"'(?:Node|tuple|list|generator|map)'|must be real number, not (?:Node|tuple|list)"
        r"|(?:ufunc|loop).*Node",
        "An operation works on numbers: hand it the inputs' outputs, one by one, not the nodes.",
        line=r"\bop\.(value|deriv)\(",
        exercises=GRAPH,
    ),
    Cause(
        "TypeError",
        r"unsupported operand type\(s\) for \+=?: 'NoneType' and",
        "Before the passes every delta is None, and None can't be added to: start from 0.",
        exercises=("backward_pass",),
    ),
    Cause(
        "TypeError",
        r"'NoneType'",
        "Something is None here, as every output and every delta is until it is computed.",
        values=r" is None$",
        exercises=GRAPH,
    ),
    Cause(
        "KeyError",
        "",
        "This node has no value in inputs. Does it have incoming edges, or is a ValueError due?",
        line=r"\binputs\[",
        exercises=("forward_dag",),
    ),
    Cause(
        "KeyError",
        "",
        "This node has no entry in your dict yet: some nodes are only the start of edges, and "
        "some only the end. Enter all of them before you count or read.",
        exercises=EDGES,
    ),
    Cause(
        "TypeError",
        r"'[<>]=?' not supported between instances",
        "Nodes are compared or sorted here, but they may be anything, so that doesn't always work.",
        exercises=EDGES,
    ),
    # A plain number where an array was thought of.
    Cause(
        "TypeError",
        rf"'{NUMBER}' object is not iterable"
        r"|iteration over a 0-d array|object of type '(?:float|int)' has no len\(\)"
        r"|len\(\) of unsized object",
        "This works for arrays only: it goes through the entries, and a single number has none.",
        line=".",
        asked="number",
        exercises=ELEMENTWISE,
    ),
    Cause(
        "TypeError",
        rf"'{NUMBER}' object is not iterable",
        "A single number has no entries, so it can't be gone through like a list, as in `for i in "
        "n`.",
        line=".",
    ),
    Cause(
        "AttributeError",
        r"'(?:float|int|bool)' object has no attribute '(?P<name>\w+)'",
        "np.asarray turns a plain number into an array, which has what arrays have.",
        detail="A plain number has no .{name}.",
        asked="number",
    ),
    Cause(
        "TypeError",
        rf"'{NUMBER}' object (?:is not subscriptable|does not support item assignment)",
        "A single number has no entries, so it can't be indexed, as in x[i].",
        asked="number",
    ),
    Cause(
        "IndexError",
        "too many indices for array: array is 0-dimensional",
        "A single number has no entries, so it can't be indexed, as in x[i].",
    ),
    # Arrays where one number was thought of.
    Cause(
        "TypeError",
        r"only .* arrays can be converted to Python scalars|only size-1 arrays|"
        r"must be real number, not (?:list|tuple)",
        "map and loops go through the rows of a matrix, not its entries, and a function of math "
        "takes a single number. NumPy's functions take a whole array at once.",
        line=r"\bmap\(",
    ),
    Cause(
        "TypeError",
        r"only .* arrays can be converted to Python scalars|only size-1 arrays|"
        r"must be real number, not (?:list|tuple)",
        "Functions of math don't take arrays; NumPy's functions of the same names do.",
        detail="math.{function} takes a single number, not an array.",
        line=rf"(?<!np\.)(?<!numpy\.)\b{MATH}\(",
    ),
    Cause(
        "TypeError",
        r"only .* arrays can be converted to Python scalars|only size-1 arrays",
        "float and int make a single number, and an array has several: leave it as it is.",
        line=r"(?<![.\w])(float|int)\(",
    ),
    Cause(
        "OverflowError",
        "math range error|Numerical result out of range|too large",
        "Overflow: the result is too large for a float, as e to a power above 709 is. Rewrite the "
        "formula so that no exponent is positive.",
        line=r"exp\(|\*\*|pow\(",
    ),
    Cause(
        "ValueError",
        "math domain error",
        "0 has no logarithm, and negative numbers have neither a logarithm nor a root.",
    ),
    Cause(
        "ValueError",
        r"truth value of an array with more than one element is ambiguous",
        "Python's max and min compare two things as a whole; np.maximum compares entry by entry.",
        line=r"(?<![.\w])(max|min)\(",
    ),
    Cause(
        "ValueError",
        r"truth value of an array with more than one element is ambiguous",
        "`if`, `and` and `or` want a single True or False, and an array has one per entry (a row "
        "of a matrix is an array, too): np.where chooses entry by entry.",
    ),
    # Shapes.
    Cause(
        "ValueError",
        r"matmul: .*\(size (?P<right>\d+) is different from (?P<left>\d+)\)",
        "In a product of matrices the left one needs as many columns as the right one has rows.",
        detail="Columns on the left: {left}. Rows on the right: {right}.",
    ),
    Cause(
        "ValueError",
        r"not aligned: (?P<left>\d+) \(dim \d\) != (?P<right>\d+) \(dim \d\)",
        "In a product of matrices the left one needs as many columns as the right one has rows.",
        detail="Columns on the left: {left}. Rows on the right: {right}.",
    ),
    Cause(
        "ValueError",
        "matmul: Input operand \\d does not have enough dimensions",
        "@ multiplies arrays with arrays, and one of the two is a single number here, or no array "
        "at all.",
    ),
    Cause(
        "ValueError",
        r"operands could not be broadcast together with shapes"
        r"|could not broadcast input array|non-broadcastable output operand",
        "Two arrays are combined entry by entry, and their shapes don't fit: compared from the "
        "right, the lengths have to be equal, or one of them 1.",
    ),
    Cause(
        "IndexError",
        r"index \d+ is out of bounds for axis 0 with size 1\b",
        "This array is a row, of shape (1, d): its first index is always 0, and the second one "
        "picks the column, as in b[0, k] or b[:, order].",
        values=r"^[bB]\w*(\[.*\])? is an array of shape \(1, ",
    ),
    Cause(
        "IndexError",
        r"too many indices for array: array is 1-dimensional",
        "This array is flat (one-dimensional), so it has one index only.",
    ),
    Cause(
        "IndexError",
        r"axis 1 is out of bounds for array of dimension 1",
        "This array is flat (one-dimensional): its only axis is 0, and there is no axis 1.",
    ),
    Cause(
        "IndexError",
        "list assignment index out of range",
        "The list doesn't have this index yet, so it can't be set. A list grows by append.",
    ),
    Cause(
        "IndexError",
        r"index (?P<index>-?\d+) is out of bounds for axis (?P<axis>\d) with size (?P<size>\d+)",
        "An index is out of range: entries are counted from 0, so n of them have the indices 0 to "
        "n − 1.",
        detail="There is no index {index}: along axis {axis} the length is {size}.",
    ),
    Cause(
        "IndexError",
        r"(?:list|tuple) index out of range",
        "An index is outside the list or tuple: items are counted from 0, so n of them have the "
        "indices 0 to n − 1.",
    ),
    Cause(
        "TypeError",
        "list indices must be integers or slices, not (?:tuple|list)",
        "This is a list, not an array: it takes one index at a time, not two, as in x[i, j], nor "
        "a list of them.",
    ),
    Cause(
        "ValueError",
        "inhomogeneous shape",
        "Arrays of different shapes can't become one array: keep them in a list.",
    ),
    Cause(
        "ValueError",
        "setting an array element with a sequence",
        "A single entry of an array is set here to something that has several, such as a list or "
        "an array.",
    ),
    # Randomness.
    Cause(
        "TypeError",
        r"Cannot interpret '\d+' as a data type",
        "The generator takes the shape as one tuple: rng.standard_normal((m, n)).",
        line=r"\.(standard_normal|random)\(",
    ),
    Cause(
        "AttributeError",
        r"'numpy\.random\.\S*Generator' object has no attribute 'randn?'",
        "A Generator has no randn: the shape goes into rng.standard_normal((m, n)) as one tuple.",
    ),
    # NumPy.
    Cause(
        "UFuncTypeError",
        r"Cannot cast ufunc '\w+' output from dtype\('float\d+'\) to dtype\('u?int\d+'\)",
        "An array of whole numbers (integers) can't take fractions in place, as with += or /=: "
        "make a new array instead.",
    ),
    Cause(
        "AttributeError",
        r"module 'numpy' has no attribute '(?:float|int|bool|object)'",
        "np.float, np.int and np.bool are gone from NumPy: write float, int or bool.",
    ),
    Cause(
        "TypeError",
        "only integer scalar arrays can be converted to a scalar index|"
        "cannot be interpreted as an integer",
        "np.max and np.min search one array along an axis; np.maximum compares two entry by entry.",
        line=r"\bnp\.(max|min|amax|amin)\(",
    ),
    Cause(
        "TypeError",
        "'(?:float|numpy.float64)' object cannot be interpreted as an integer"
        "|slice indices must be integers",
        "A number of items, or an index, has to be whole: / gives a float, // a whole number.",
    ),
    Cause(
        "IndexError",
        "only integers, slices|arrays used as indices must be of integer",
        "An index has to be whole: convert it with int(…), or .astype(int) for an array.",
    ),
    Cause(
        "TypeError",
        r"for \^=?: |bitwise_xor",
        "^ is not a power in Python: write **.",
    ),
    # Lists, and things that are no functions.
    Cause(
        "TypeError",
        r"for [-*/@]=?: '(?:list|tuple)' and|for [-*/@]=?: '\S+' and '(?:list|tuple)'"
        r"|can't multiply sequence by non-int|can only concatenate (?:list|tuple)",
        "Lists and tuples have no arithmetic: go through their items, or make one array of plain "
        "numbers with np.asarray.",
    ),
    Cause(
        "AttributeError",
        r"'(?:list|tuple)' object has no attribute "
        r"'(?P<name>shape|T|reshape|ndim|dot|sum|mean|size|astype|max|min|dtype)'",
        "np.asarray turns a list into an array.",
        detail="A list has no .{name}.",
    ),
    Cause(
        "TypeError",
        "'(?:zip|map|generator|filter|dict_keys|dict_values|dict_items)' object is not "
        r"(?:subscriptable|reversible)|object of type '(?:zip|map|generator|filter)' has no len",
        "This gives its items one after the other, and only once: list(…) keeps them all.",
    ),
    Cause(
        "TypeError",
        "'(?:function|builtin_function_or_method|method|numpy.ufunc)' object is not subscriptable",
        "There are square brackets behind a function here, but round ones call it: square ones "
        "pick an entry.",
    ),
    Cause(
        "TypeError",
        rf"'(?:numpy\.ndarray|{NUMBER})' object is not callable",
        "Round brackets behind a value call it as a function: entries need square ones, and a "
        "product needs * or @.",
        line=".",
    ),
    Cause(
        "TypeError",
        "object is not callable",
        "What make_neuron returned can't be called: it has to return a function of x, as one that "
        "is defined inside it.",
        line="^$",
        exercises=("make_neuron",),
    ),
    Cause(
        "TypeError",
        "'NoneType'",
        "Something is None here. It may come from a function without a return, or from a method "
        "that works in place, such as sort, append, reverse or shuffle.",
        values=r" is None$",
    ),
    Cause(
        "TypeError",
        "cannot unpack non-iterable NoneType object|'NoneType' object is not (?:iterable|callable)",
        "Something is None here. It may come from a function without a return, or from a method "
        "that works in place, such as sort, append, reverse or shuffle.",
    ),
)
