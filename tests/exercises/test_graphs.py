"""Computation graphs written as text: each line builds the node it describes."""

import pytest

from course.exercises.engine import graph_text
from course.nn.graph import Mul, Relu, Square


def test_a_written_graph_is_built_as_it_reads():
    x, a, b = graph_text.build(["x = -1.5e2", "a = Mul(x, x)", "b = Scale(-2)(a)"])
    assert (x.op, x.output, x.name) == (None, -150.0, "x")
    assert a.op is Mul and a.inputs == (x, x) and a.output is None
    assert b.inputs == (a,) and b.op.value(3.0) == -6.0


def test_an_integer_stays_an_integer():
    [x] = graph_text.build(["x = 3"])
    assert type(x.output) is int


def test_outputs_written_at_the_end_of_a_line_are_the_nodes_outputs():
    lines = ["x = 3", "a = Square(x)"]
    nodes = graph_text.build(lines)
    nodes[1].output = 9.0
    written = graph_text.with_outputs(lines, nodes)
    assert written == ["x = 3", "a = Square(x) = 9"]
    assert graph_text.outputs(graph_text.build(written)) == {"x": 3, "a": 9}


@pytest.mark.parametrize("value", [0.1 + 0.2, -1e-17, 2 / 3, 123456789.0, 0.0])
def test_a_written_number_loses_nothing(value):
    assert graph_text.number(graph_text.written(value)) == value


def test_a_power_is_a_path_whose_last_node_bears_the_name():
    x, first, second, third, b = graph_text.build(["x = 3", "a = Relu^3(x) = 3", "b = Square(a)"])
    assert [v.op for v in (first, second, third)] == [Relu] * 3
    assert (first.inputs, second.inputs, third.inputs) == ((x,), (first,), (second,))
    assert [v.output for v in (first, second, third)] == [3, 3, 3]
    assert third.name == "a" and b.op is Square and b.inputs == (third,)


@pytest.mark.parametrize("line", ["x", "x = y", "a = Cube(x)", "a = Scale(x)", "a = Mul(2)(x, x)"])
def test_a_line_of_another_form_is_refused(line):
    with pytest.raises(ValueError, match="graph: "):
        graph_text.build(["x = 3", line])
