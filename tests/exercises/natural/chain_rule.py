"""Wrong answers to unit 4 as people write them: the chain rule and computation graphs."""

from textwrap import dedent

from tests.exercises.natural.entry import Entry, with_imports

IMPORTS = "import math\nimport numpy as np\n"


def wrong(exercise: str, name: str, source: str, *ideas: str) -> Entry:
    """Return an entry; if two ideas are joined by a plus, both have to be named."""
    sets = tuple(tuple(several.split("+")) for several in ideas)
    return Entry(name, exercise, IMPORTS + dedent(source), sets)


NUMERICAL_DERIVATIVE = [
    (
        "the definition from calculus",
        """
        def numerical_derivative(f, x, eps=1e-6):
            return (f(x + eps) - f(x)) / eps
        """,
        "one_sided",
    ),
    (
        "the definition, with a limit that ends at a small h",
        """
        def numerical_derivative(f, x, eps=1e-6):
            h = 1.0
            while h > eps:
                h = h / 2
            return (f(x + h) - f(x)) / h
        """,
        "one_sided",
    ),
    (
        "looking back",
        """
        def numerical_derivative(f, x, eps=1e-6):
            y1 = f(x)
            y0 = f(x - eps)
            return (y1 - y0) / eps
        """,
        "one_sided_backwards",
    ),
    (
        "one-sided, divided by the whole way",
        """
        def numerical_derivative(f, x, eps=1e-6):
            return (f(x + eps) - f(x)) / (2 * eps)
        """,
        "one_sided_over_both",
    ),
    (
        "brackets round the run forgotten",
        """
        def numerical_derivative(f, x, eps=1e-6):
            return (f(x + eps) - f(x - eps)) / 2 * eps
        """,
        "brackets_lost",
    ),
    (
        "brackets round the rise forgotten",
        """
        def numerical_derivative(f, x, eps=1e-6):
            return f(x + eps) - f(x - eps) / (2 * eps)
        """,
        "rise_without_brackets",
    ),
    (
        "no brackets at all",
        """
        def numerical_derivative(f, x, eps=1e-6):
            return f(x + eps) - f(x - eps) / 2 * eps
        """,
        "no_brackets",
    ),
    (
        "divided by eps",
        """
        def numerical_derivative(f, x, eps=1e-6):
            upper, lower = f(x + eps), f(x - eps)
            return np.subtract(upper, lower) / eps
        """,
        "run_counted_once",
    ),
    (
        "h of one's own",
        """
        def numerical_derivative(f, x, eps=1e-6):
            h = 1e-5
            return (f(x + h) - f(x - h)) / (2 * h)
        """,
        "step_fixed",
    ),
    (
        "h of one's own, very small",
        """
        def numerical_derivative(f, x, eps=1e-6):
            eps = 1e-8
            return (f(x + eps) - f(x - eps)) / (2 * eps)
        """,
        "step_fixed",
    ),
    (
        "h of one's own on one side",
        """
        def numerical_derivative(f, x, eps=1e-6):
            h = 1e-7
            return (f(x + h) - f(x)) / h
        """,
        "step_fixed+one_sided",
        "step_fixed",
    ),
    (
        "left minus right",
        """
        def numerical_derivative(f, x, eps=1e-6):
            a = f(x - eps)
            b = f(x + eps)
            return (a - b) / (2 * eps)
        """,
        "left_minus_right",
    ),
    (
        "a copied line, sign not changed",
        """
        def numerical_derivative(f, x, eps=1e-6):
            plus = f(x + eps)
            minus = f(x + eps)
            return (plus - minus) / (2 * eps)
        """,
        "same_point_twice",
    ),
    (
        "values added",
        """
        def numerical_derivative(f, x, eps=1e-6):
            return (f(x + eps) + f(x - eps)) / (2 * eps)
        """,
        "values_added",
    ),
    (
        "half a step to each side",
        """
        def numerical_derivative(f, x, eps=1e-6):
            h = eps / 2
            return (f(x + h) - f(x - h)) / eps
        """,
        "half_a_step_each_side",
    ),
    (
        "five points, from a textbook",
        """
        def numerical_derivative(f, x, eps=1e-6):
            h = eps
            return (-f(x + 2*h) + 8*f(x + h) - 8*f(x - h) + f(x - 2*h)) / (12 * h)
        """,
        "finer_formula",
    ),
    (
        "the second derivative",
        """
        def numerical_derivative(f, x, eps=1e-6):
            return (f(x + eps) - 2 * f(x) + f(x - eps)) / eps ** 2
        """,
        "second_derivative",
    ),
    (
        "difference without dividing",
        """
        def numerical_derivative(f, x, eps=1e-6):
            dy = f(x + eps) - f(x - eps)
            return dy
        """,
        "not_divided",
    ),
    (
        "a relative step",
        """
        def numerical_derivative(f, x, eps=1e-6):
            h = eps * max(abs(x), 1.0)
            return (f(x + h) - f(x - h)) / (2 * h)
        """,
        "step_scaled_by_x",
    ),
    (
        "f forgotten",
        """
        def numerical_derivative(f, x, eps=1e-6):
            return f((x + eps) - (x - eps)) / (2 * eps)
        """,
    ),
    (
        "a function of x is returned",
        """
        def numerical_derivative(f, x, eps=1e-6):
            return lambda x: (f(x + eps) - f(x - eps)) / (2 * eps)
        """,
    ),
]

LECTURE_LOSS = [
    (
        "1 forgotten",
        """
        def lecture_loss(w, x, y):
            yhat = w * x
            return np.log((yhat - y) ** 2)
        """,
        "one_left_out",
    ),
    (
        "1 forgotten, with math",
        """
        def lecture_loss(w, x, y):
            z = w * x - y
            return math.log(z ** 2)
        """,
        "one_left_out",
    ),
    (
        "log, then square",
        """
        def lecture_loss(w, x, y):
            return np.log(1 + (w * x - y)) ** 2
        """,
        "square_outside_the_log",
    ),
    (
        "1 within the square, with math",
        """
        def lecture_loss(w, x, y):
            return math.log((1 + w * x - y) ** 2)
        """,
        "one_inside_the_square",
    ),
    (
        "no square",
        """
        def lecture_loss(w, x, y):
            z = w * x - y
            return np.log1p(z)
        """,
        "square_lost",
    ),
    (
        "an absolute value",
        """
        def lecture_loss(w, x, y):
            return np.log(1 + np.abs(w * x - y))
        """,
        "absolute_value_for_the_square",
    ),
    (
        "base 10, with math",
        """
        def lecture_loss(w, x, y):
            residual = w * x - y
            return math.log10(1 + residual ** 2)
        """,
        "log_to_base_10",
    ),
    (
        "base 2",
        """
        def lecture_loss(w, x, y):
            return np.log2(1 + np.power(w * x - y, 2))
        """,
        "log_to_base_2",
    ),
    (
        "the squared loss",
        """
        def lecture_loss(w, x, y):
            return (w * x - y) ** 2
        """,
        "logarithm_lost",
    ),
    (
        "the squared loss with a half",
        """
        def lecture_loss(w, x, y):
            return 0.5 * (y - w * x) ** 2
        """,
        "squared_loss",
    ),
    (
        "no logarithm",
        """
        def lecture_loss(w, x, y):
            return 1 + (w * x - y) ** 2
        """,
        "logarithm_lost",
    ),
    (
        "log1p and a 1 of one's own",
        """
        def lecture_loss(w, x, y):
            return np.log1p(1 + (y - w * x) ** 2)
        """,
        "one_added_twice",
    ),
    (
        "^ for **",
        """
        def lecture_loss(w, x, y):
            return np.log(1 + (w * x - y) ^ 2)
        """,
        "caret_for_power",
    ),
    (
        "^ for **, in brackets",
        """
        def lecture_loss(w, x, y):
            z = w * x - y
            return math.log(1 + (z ^ 2))
        """,
        "caret_for_power",
    ),
    (
        "brackets forgotten",
        """
        def lecture_loss(w, x, y):
            return np.log(1 + w * x - y ** 2)
        """,
        "only_the_target_squared",
    ),
    (
        "a plus",
        """
        def lecture_loss(w, x, y):
            y_hat = w * x
            return np.log(1 + (y_hat + y) ** 2)
        """,
        "target_added",
    ),
    (
        "a sum for a product",
        """
        def lecture_loss(w, x, y):
            y_hat = w + x
            return np.log(1 + (y_hat - y) ** 2)
        """,
        "weight_added",
    ),
    (
        "w times the difference",
        """
        def lecture_loss(w, x, y):
            return np.log(1 + (w * (x - y)) ** 2)
        """,
        "weight_times_the_difference",
    ),
    (
        "a half in front",
        """
        def lecture_loss(w, x, y):
            return 0.5 * np.log(1 + (y - w * x) ** 2)
        """,
        "halved",
    ),
    (
        "a minus in front",
        """
        def lecture_loss(w, x, y):
            return -np.log(1 + (y - w * x) ** 2)
        """,
        "negated",
    ),
    (
        "the target first",
        """
        def lecture_loss(y, w, x):
            return np.log(1 + (w * x - y) ** 2)
        """,
        "arguments_in_another_order",
    ),
    (
        "the weight forgotten",
        """
        def lecture_loss(w, x, y):
            return np.log(1 + (x - y) ** 2)
        """,
        "weight_not_used",
    ),
    (
        "log of the sum taken apart",
        """
        def lecture_loss(w, x, y):
            return np.log(1) + np.log((w * x - y) ** 2)
        """,
        "one_left_out",
    ),
    (
        "the log outside the sum",
        """
        def lecture_loss(w, x, y):
            z = w * x - y
            return 1 + np.log(z ** 2)
        """,
        "one_outside_the_log",
    ),
    (
        "y and its prediction as arguments",
        """
        def lecture_loss(y, yhat):
            return np.log(1 + (yhat - y) ** 2)
        """,
    ),
]

LECTURE_LOSS_DERIVATIVE = [
    (
        "the last factor forgotten",
        """
        def lecture_loss_derivative(w, x, y):
            z = w * x - y
            return 2 * z / (1 + z ** 2)
        """,
        "inner_factor_lost",
    ),
    (
        "1 / (1 + z²) and the inner slope",
        """
        def lecture_loss_derivative(w, x, y):
            return 1 / (1 + (w * x - y) ** 2) * x
        """,
        "inside_of_the_log_not_derived",
    ),
    (
        "1 / (1 + z²)",
        """
        def lecture_loss_derivative(w, x, y):
            return 1 / (1 + (w * x - y) ** 2)
        """,
        "inside_of_the_log_not_derived+inner_factor_lost",
    ),
    (
        "no 2",
        """
        def lecture_loss_derivative(w, x, y):
            r = w * x - y
            return (r / (1 + r * r)) * x
        """,
        "two_lost",
    ),
    (
        "y − ŷ",
        """
        def lecture_loss_derivative(w, x, y):
            r = y - w * x
            return 2 * r * x / (1 + r ** 2)
        """,
        "residual_turned_around",
    ),
    (
        "y − ŷ and no last factor",
        """
        def lecture_loss_derivative(w, x, y):
            r = y - w * x
            return 2 * r / (1 + r ** 2)
        """,
        "by_the_target",
    ),
    (
        "no 2 and no last factor",
        """
        def lecture_loss_derivative(w, x, y):
            z = w * x - y
            return z / (1 + z ** 2)
        """,
        "two_lost+inner_factor_lost",
    ),
    (
        "brackets round the denominator forgotten",
        """
        def lecture_loss_derivative(w, x, y):
            z = w * x - y
            return 2 * z / 1 + z ** 2 * x
        """,
        "denominator_without_brackets",
    ),
    (
        "brackets round the denominator forgotten, the slope in front",
        """
        def lecture_loss_derivative(w, x, y):
            z = w * x - y
            return 2 * z * x / 1 + z ** 2
        """,
        "denominator_without_brackets",
    ),
    (
        "brackets round the residual forgotten",
        """
        def lecture_loss_derivative(w, x, y):
            return 2 * w * x - y / (1 + (w * x - y) ** 2) * x
        """,
        "residual_without_brackets",
    ),
    (
        "no square below",
        """
        def lecture_loss_derivative(w, x, y):
            z = w * x - y
            return 2 * z / (1 + z) * x
        """,
        "square_lost_in_the_denominator",
    ),
    (
        "no 1 below",
        """
        def lecture_loss_derivative(w, x, y):
            z = w * x - y
            return 2 * z * x / z ** 2
        """,
        "one_lost_in_the_denominator",
    ),
    (
        "the log is still there",
        """
        def lecture_loss_derivative(w, x, y):
            z = w * x - y
            return np.log(1 + z ** 2) * 2 * z * x
        """,
        "logarithm_kept",
    ),
    (
        "the squared loss's derivative",
        """
        def lecture_loss_derivative(w, x, y):
            return 2 * x * (w * x - y)
        """,
        "logarithm_not_derived",
    ),
    (
        "by x",
        """
        def lecture_loss_derivative(w, x, y):
            s = w * x
            r = s - y
            return 2 * r / (1 + r ** 2) * 1 * w
        """,
        "by_the_input",
    ),
    (
        "factors added",
        """
        def lecture_loss_derivative(w, x, y):
            r = w * x - y
            d_rho = 2 * r / (1 + r ** 2)
            d_r = 1
            d_s = x
            return d_rho + d_r + d_s
        """,
        "factors_added",
    ),
    (
        "ρ' at w",
        """
        def lecture_loss_derivative(w, x, y):
            def drho(z):
                return 2 * z / (1 + z ** 2)
            return drho(w) * 1 * x
        """,
        "outer_derivative_at_w",
    ),
    (
        "ρ' at the prediction",
        """
        def lecture_loss_derivative(w, x, y):
            s = x * w
            return 2 * s / (1 + s ** 2) * 1 * x
        """,
        "outer_derivative_at_the_prediction",
    ),
    (
        "the slope of s taken for s",
        """
        def lecture_loss_derivative(w, x, y):
            s = w * x
            r = s - y
            return 2 * r / (1 + r ** 2) * s
        """,
        "product_not_derived",
    ),
    (
        "x twice",
        """
        def lecture_loss_derivative(w, x, y):
            z = w * x - y
            return x * (2 * x * z) / (1 + z ** 2)
        """,
        "inner_factor_twice",
    ),
    (
        "measured on both sides",
        """
        def lecture_loss_derivative(w, x, y):
            def loss(w):
                return np.log(1 + (w * x - y) ** 2)
            h = 1e-5
            return (loss(w + h) - loss(w - h)) / (2 * h)
        """,
        "measured_not_derived",
    ),
    (
        "measured on one side",
        """
        def lecture_loss_derivative(w, x, y):
            loss = lambda w: math.log1p((w * x - y) ** 2)
            return (loss(w + 1e-6) - loss(w)) / 1e-6
        """,
        "measured_not_derived",
    ),
    (
        "by numerical_derivative",
        """
        from course.nn.chain_rule import lecture_loss, numerical_derivative

        def lecture_loss_derivative(w, x, y):
            return numerical_derivative(lambda w: lecture_loss(w, x, y), w)
        """,
        "measured_not_derived",
    ),
    (
        "multiplied by the denominator",
        """
        def lecture_loss_derivative(w, x, y):
            z = w * x - y
            return 2 * z * (1 + z ** 2) * x
        """,
        "denominator_multiplied",
    ),
    (
        "the arctangent's slope squared",
        """
        def lecture_loss_derivative(w, x, y):
            z = w * x - y
            return 2 * z * x / (1 + z ** 2) ** 2
        """,
        "denominator_squared",
    ),
]

CHAIN = [
    (
        "every slope at x",
        """
        def chain(fs, dfs, x):
            value = x
            for f in fs:
                value = f(value)
            derivative = 1
            for df in dfs:
                derivative *= df(x)
            return value, derivative
        """,
        "every_derivative_at_x",
    ),
    (
        "every slope at x, with np.prod",
        """
        def chain(fs, dfs, x):
            v = x
            for f in fs:
                v = f(v)
            return v, np.prod([df(x) for df in dfs])
        """,
        "every_derivative_at_x",
    ),
    (
        "value first, then slope",
        """
        def chain(fs, dfs, x):
            value, derivative = x, 1
            for i in range(len(fs)):
                value = fs[i](value)
                derivative *= dfs[i](value)
            return value, derivative
        """,
        "derivative_after_the_step",
    ),
    (
        "one variable",
        """
        def chain(fs, dfs, x):
            d = 1.0
            for f, df in zip(fs, dfs):
                x = f(x)
                d = df(x) * d
            return x, d
        """,
        "derivative_after_the_step",
    ),
    (
        "the outermost first",
        """
        def chain(fs, dfs, x):
            value, derivative = x, 1.0
            for f, df in zip(reversed(fs), reversed(dfs)):
                derivative *= df(value)
                value = f(value)
            return value, derivative
        """,
        "outermost_first",
    ),
    (
        "added, from 0",
        """
        def chain(fs, dfs, x):
            value, derivative = x, 0
            for f, df in zip(fs, dfs):
                derivative += df(value)
                value = f(value)
            return value, derivative
        """,
        "slopes_added",
    ),
    (
        "added, from 1",
        """
        def chain(fs, dfs, x):
            value, derivative = x, 1
            for f, df in zip(fs, dfs):
                derivative += df(value)
                value = f(value)
            return value, derivative
        """,
        "slopes_added",
    ),
    (
        "product from 0",
        """
        def chain(fs, dfs, x):
            value = x
            derivative = 0
            for f, df in zip(fs, dfs):
                derivative *= df(value)
                value = f(value)
            return value, derivative
        """,
        "product_starts_at_0",
    ),
    (
        "product from x",
        """
        def chain(fs, dfs, x):
            value = x
            derivative = x
            for f, df in zip(fs, dfs):
                derivative *= df(value)
                value = f(value)
            return value, derivative
        """,
        "product_starts_at_x",
    ),
    (
        "assigned",
        """
        def chain(fs, dfs, x):
            value = x
            derivative = 1
            for f, df in zip(fs, dfs):
                derivative = df(value)
                value = f(value)
            return value, derivative
        """,
        "last_slope_only",
    ),
    (
        "both returned in the loop",
        """
        def chain(fs, dfs, x):
            value, derivative = x, 1
            for f, df in zip(fs, dfs):
                derivative = derivative * df(value)
                value = f(value)
                return value, derivative
        """,
        "returns_inside_the_loop",
    ),
    (
        "the derivative alone",
        """
        def chain(fs, dfs, x):
            derivative = 1
            for f, df in zip(fs, dfs):
                derivative = derivative * df(x)
                x = f(x)
            return derivative
        """,
        "value_not_returned",
    ),
    (
        "the value alone",
        """
        def chain(fs, dfs, x):
            for f in fs:
                x = f(x)
            return x
        """,
        "derivative_not_returned",
    ),
    (
        "the derivative first",
        """
        def chain(fs, dfs, x):
            value, derivative = x, 1
            for f, df in zip(fs, dfs):
                value, derivative = f(value), derivative * df(value)
            return derivative, value
        """,
        "derivative_first",
    ),
    (
        "two functions",
        """
        def chain(fs, dfs, x):
            f, g = fs[1], fs[0]
            value = f(g(x))
            derivative = dfs[1](g(x)) * dfs[0](x)
            return value, derivative
        """,
        "for_two_functions",
    ),
    (
        "three functions",
        """
        def chain(fs, dfs, x):
            a = fs[0](x)
            b = fs[1](a)
            c = fs[2](b)
            return c, dfs[2](b) * dfs[1](a) * dfs[0](x)
        """,
        "for_three_functions",
    ),
    (
        "a list of slopes",
        """
        def chain(fs, dfs, x):
            slopes = []
            for f, df in zip(fs, dfs):
                slopes.append(df(x))
                x = f(x)
            return x, slopes
        """,
        "slopes_not_multiplied",
    ),
    (
        "every function at x",
        """
        def chain(fs, dfs, x):
            derivative = 1
            for f, df in zip(fs, dfs):
                value = f(x)
                derivative *= df(x)
            return value, derivative
        """,
        "every_function_at_x+every_derivative_at_x",
    ),
    (
        "the last function forgotten",
        """
        def chain(fs, dfs, x):
            value, derivative = x, 1
            for i in range(len(fs) - 1):
                derivative *= dfs[i](value)
                value = fs[i](value)
            return value, derivative
        """,
        "last_function_left_out",
    ),
    (
        "numbered from 1",
        """
        def chain(fs, dfs, x):
            value, derivative = x, 1
            for i in range(1, len(fs)):
                derivative *= dfs[i](value)
                value = fs[i](value)
            return value, derivative
        """,
        "first_function_left_out",
    ),
    (
        "measured",
        """
        def chain(fs, dfs, x):
            def composed(z):
                for f in fs:
                    z = f(z)
                return z
            h = 1e-6
            return composed(x), (composed(x + h) - composed(x - h)) / (2 * h)
        """,
        "measured_not_derived",
    ),
    (
        "slopes from the outside in, values from the inside out",
        """
        def chain(fs, dfs, x):
            value, derivative = x, 1
            for f, df in zip(fs, dfs[::-1]):
                derivative *= df(value)
                value = f(value)
            return value, derivative
        """,
        "derivatives_of_other_functions",
    ),
    (
        "added and after the step",
        """
        def chain(fs, dfs, x):
            value, derivative = x, 0
            for f, df in zip(fs, dfs):
                value = f(value)
                derivative += df(value)
            return value, derivative
        """,
        "slopes_added+derivative_after_the_step",
    ),
]

FORWARD_PASS = [
    (
        "the slide's line",
        """
        def forward_pass(nodes):
            for v in nodes:
                v.output = v.op(v.inputs())
            return nodes[-1].output
        """,
        "called_what_is_no_function",
    ),
    (
        "the slide's line for nodes with an op",
        """
        def forward_pass(nodes):
            for v in nodes:
                if v.op:
                    v.output = v.op(v.inputs)
            return nodes[-1].output
        """,
        "called_what_is_no_function",
    ),
    (
        "the op called with the outputs",
        """
        def forward_pass(nodes):
            for node in nodes:
                if node.op is not None:
                    node.output = node.op(*[n.output for n in node.inputs])
            return nodes[-1].output
        """,
        "called_what_is_no_function",
    ),
    (
        "the tuple of nodes handed over",
        """
        def forward_pass(nodes):
            for v in nodes:
                if v.op is not None:
                    v.output = v.op.value(v.inputs)
            return nodes[-1].output
        """,
        "star_forgotten",
    ),
    (
        "the list of outputs handed over",
        """
        def forward_pass(nodes):
            for v in nodes:
                if v.op is not None:
                    args = [u.output for u in v.inputs]
                    v.output = v.op.value(args)
            return nodes[-1].output
        """,
        "star_forgotten",
    ),
    (
        "an array of outputs handed over",
        """
        def forward_pass(nodes):
            for v in nodes:
                if v.op is not None:
                    args = np.array([u.output for u in v.inputs])
                    v.output = v.op.value(args)
            return nodes[-1].output
        """,
        "star_forgotten",
    ),
    (
        "the nodes handed over",
        """
        def forward_pass(nodes):
            for v in nodes:
                if v.op is not None:
                    v.output = v.op.value(*v.inputs)
            return nodes[-1].output
        """,
        "nodes_for_numbers",
    ),
    (
        "leaves forgotten",
        """
        def forward_pass(nodes):
            for v in nodes:
                v.output = v.op.value(*[u.output for u in v.inputs])
            return nodes[-1].output
        """,
        "leaves_forgotten",
    ),
    (
        "leaves compared with an empty list",
        """
        def forward_pass(nodes):
            for v in nodes:
                if v.inputs != []:
                    v.output = v.op.value(*(u.output for u in v.inputs))
            return nodes[-1].output
        """,
        "leaves_forgotten",
    ),
    (
        "only where there is no output yet",
        """
        def forward_pass(nodes):
            for v in nodes:
                if v.output is None:
                    xs = []
                    for u in v.inputs:
                        xs.append(u.output)
                    v.output = v.op.value(*xs)
            return nodes[-1].output
        """,
        "keeps_old_outputs",
    ),
    (
        "returned in the loop",
        """
        def forward_pass(nodes):
            for v in nodes:
                if v.op is not None:
                    v.output = v.op.value(*[u.output for u in v.inputs])
                return v.output
        """,
        "returns_inside_the_loop",
    ),
    (
        "returned after the first operation",
        """
        def forward_pass(nodes):
            for v in nodes:
                if v.op is not None:
                    v.output = v.op.value(*[u.output for u in v.inputs])
                    return v.output
        """,
        "returns_inside_the_loop",
    ),
    (
        "nothing returned",
        """
        def forward_pass(nodes):
            for v in nodes:
                if v.op is not None:
                    v.output = v.op.value(*[u.output for u in v.inputs])
        """,
        "returns_nothing",
    ),
    (
        "all outputs returned",
        """
        def forward_pass(nodes):
            outputs = []
            for v in nodes:
                if v.op is not None:
                    v.output = v.op.value(*[u.output for u in v.inputs])
                outputs.append(v.output)
            return outputs
        """,
        "returns_every_output",
    ),
    (
        "the last node returned",
        """
        def forward_pass(nodes):
            for v in nodes:
                if v.op is not None:
                    v.output = v.op.value(*[u.output for u in v.inputs])
            return nodes[-1]
        """,
        "returns_the_node",
    ),
    (
        "outputs in a dictionary",
        """
        def forward_pass(nodes):
            value = {}
            for v in nodes:
                if v.op is None:
                    value[v] = v.output
                else:
                    value[v] = v.op.value(*[value[u] for u in v.inputs])
            return value[nodes[-1]]
        """,
        "outputs_not_stored",
    ),
    (
        "a variable in place of the attribute",
        """
        def forward_pass(nodes):
            for v in nodes:
                output = v.output
                if v.op is not None:
                    output = v.op.value(*[u.output for u in v.inputs])
            return output
        """,
        "outputs_not_stored",
    ),
    (
        "stored in another attribute",
        """
        def forward_pass(nodes):
            for v in nodes:
                if v.op is not None:
                    v.value = v.op.value(*[u.output for u in v.inputs])
            return nodes[-1].value
        """,
        "outputs_not_stored",
    ),
    (
        "two inputs each",
        """
        def forward_pass(nodes):
            for v in nodes:
                if v.op is not None:
                    a, b = v.inputs[0].output, v.inputs[1].output
                    v.output = v.op.value(a, b)
            return nodes[-1].output
        """,
        "always_two_inputs",
    ),
    (
        "two inputs each, unpacked",
        """
        def forward_pass(nodes):
            for v in nodes:
                if v.op is not None:
                    a, b = v.inputs
                    v.output = v.op.value(a.output, b.output)
            return nodes[-1].output
        """,
        "always_two_inputs",
    ),
    (
        "the inputs' sum, as in a neuron",
        """
        def forward_pass(nodes):
            for v in nodes:
                if v.op is not None:
                    z = sum(u.output for u in v.inputs)
                    v.output = v.op.value(z)
            return nodes[-1].output
        """,
        "one_number_for_all_inputs",
    ),
    (
        "the last inputs first",
        """
        def forward_pass(nodes):
            for v in nodes:
                if v.op is not None:
                    xs = []
                    for u in v.inputs:
                        xs.insert(0, u.output)
                    v.output = v.op.value(*xs)
            return nodes[-1].output
        """,
        "inputs_reversed",
    ),
    (
        "walked backwards",
        """
        def forward_pass(nodes):
            for v in reversed(nodes):
                if v.op is not None:
                    v.output = v.op.value(*[u.output for u in v.inputs])
            return nodes[-1].output
        """,
        "walked_backwards",
    ),
    (
        "all but the last",
        """
        def forward_pass(nodes):
            for i in range(len(nodes) - 1):
                v = nodes[i]
                if v.op is not None:
                    v.output = v.op.value(*[u.output for u in v.inputs])
            return nodes[-1].output
        """,
        "last_node_left_out",
    ),
    (
        "the last node asks for its inputs, and these for theirs",
        """
        def forward_pass(nodes):
            def compute(v):
                if v.op is not None and v.output is None:
                    v.output = v.op.value(*[compute(u) for u in v.inputs])
                return v.output
            return compute(nodes[-1])
        """,
        "keeps_old_outputs",
        "keeps_old_outputs+only_what_leads_to_the_last",
        "only_what_leads_to_the_last",
        "calls_itself_too_deeply",
        "calls_itself_too_deeply+keeps_old_outputs",
    ),
    (
        "the last node asks, and remembers what is done",
        """
        def forward_pass(nodes):
            done = set()
            def compute(v):
                if v not in done:
                    done.add(v)
                    if v.op is not None:
                        v.output = v.op.value(*[compute(u) for u in v.inputs])
                return v.output
            return compute(nodes[-1])
        """,
        "only_what_leads_to_the_last",
        "calls_itself_too_deeply",
        "calls_itself_too_deeply+only_what_leads_to_the_last",
    ),
]

BACKWARD_PASS = [
    (
        "the slide",
        """
        def backward_pass(nodes):
            nodes[-1].delta = 1
            for v in reversed(nodes):
                for i, u in enumerate(v.inputs):
                    u.delta = v.delta * v.op.deriv(i, *[w.output for w in v.inputs])
        """,
        "delta_assigned_and_never_zeroed",
    ),
    (
        "the slide after zeroing",
        """
        def backward_pass(nodes):
            for v in nodes:
                v.delta = 0
            nodes[-1].delta = 1
            for v in nodes[::-1]:
                xs = [u.output for u in v.inputs]
                for i in range(len(v.inputs)):
                    v.inputs[i].delta = v.delta * v.op.deriv(i, *xs)
        """,
        "delta_assigned",
    ),
    (
        "added to None",
        """
        def backward_pass(nodes):
            nodes[-1].delta = 1
            for v in reversed(nodes):
                xs = [u.output for u in v.inputs]
                for i, u in enumerate(v.inputs):
                    u.delta += v.delta * v.op.deriv(i, *xs)
        """,
        "added_to_none",
    ),
    (
        "None plus something",
        """
        def backward_pass(nodes):
            nodes[-1].delta = 1.0
            for k in range(len(nodes) - 1, -1, -1):
                v = nodes[k]
                xs = [u.output for u in v.inputs]
                for i, u in enumerate(v.inputs):
                    u.delta = u.delta + v.delta * v.op.deriv(i, *xs)
        """,
        "added_to_none",
    ),
    (
        "zeroed once",
        """
        def backward_pass(nodes):
            for v in nodes:
                if v.delta is None:
                    v.delta = 0.0
            nodes[-1].delta = 1.0
            for v in reversed(nodes):
                xs = [u.output for u in v.inputs]
                for i, u in enumerate(v.inputs):
                    u.delta += v.delta * v.op.deriv(i, *xs)
        """,
        "deltas_never_zeroed",
    ),
    (
        "zeroed once, the seed added",
        """
        def backward_pass(nodes):
            for v in nodes:
                v.delta = v.delta or 0.0
            nodes[-1].delta += 1.0
            for v in reversed(nodes):
                xs = [u.output for u in v.inputs]
                for i, u in enumerate(v.inputs):
                    u.delta += v.delta * v.op.deriv(i, *xs)
        """,
        "deltas_never_zeroed",
    ),
    (
        "set at the first share, added at the others",
        """
        def backward_pass(nodes):
            nodes[-1].delta = 1.0
            for v in reversed(nodes):
                xs = [u.output for u in v.inputs]
                for i, u in enumerate(v.inputs):
                    share = v.delta * v.op.deriv(i, *xs)
                    if u.delta is None:
                        u.delta = share
                    else:
                        u.delta += share
        """,
        "started_at_the_first_share",
    ),
    (
        "a set of inputs",
        """
        def backward_pass(nodes):
            for v in nodes:
                v.delta = 0.0
            nodes[-1].delta = 1.0
            for v in reversed(nodes):
                xs = [u.output for u in v.inputs]
                for u in set(v.inputs):
                    i = v.inputs.index(u)
                    u.delta += v.delta * v.op.deriv(i, *xs)
        """,
        "twice_into_one_counted_once",
    ),
    (
        "pulled by each node from those that have it among their inputs",
        """
        def backward_pass(nodes):
            for v in nodes:
                v.delta = 0.0
            nodes[-1].delta = 1.0
            for u in reversed(nodes):
                for v in nodes:
                    if u in v.inputs:
                        i = v.inputs.index(u)
                        u.delta += v.delta * v.op.deriv(i, *[a.output for a in v.inputs])
        """,
        "twice_into_one_counted_once",
    ),
    (
        "index of the input",
        """
        def backward_pass(nodes):
            for v in nodes:
                v.delta = 0.0
            nodes[-1].delta = 1.0
            for v in reversed(nodes):
                xs = [u.output for u in v.inputs]
                for u in v.inputs:
                    u.delta += v.delta * v.op.deriv(v.inputs.index(u), *xs)
        """,
        "first_place_both_times",
    ),
    (
        "deriv by 0",
        """
        def backward_pass(nodes):
            for v in nodes:
                v.delta = 0.0
            nodes[-1].delta = 1.0
            for v in reversed(nodes):
                for u in v.inputs:
                    u.delta += v.delta * v.op.deriv(0, *[a.output for a in v.inputs])
        """,
        "always_by_input_0",
    ),
    (
        "deriv of the input's place and output",
        """
        def backward_pass(nodes):
            for v in nodes:
                v.delta = 0.0
            nodes[-1].delta = 1.0
            for v in reversed(nodes):
                for i, u in enumerate(v.inputs):
                    u.delta += v.delta * v.op.deriv(i, u.output)
        """,
        "only_its_own_output",
    ),
    (
        "deriv without a star",
        """
        def backward_pass(nodes):
            for v in nodes:
                v.delta = 0.0
            nodes[-1].delta = 1.0
            for v in reversed(nodes):
                xs = [u.output for u in v.inputs]
                for i, u in enumerate(v.inputs):
                    u.delta += v.delta * v.op.deriv(i, xs)
        """,
        "star_forgotten",
    ),
    (
        "deriv of nodes",
        """
        def backward_pass(nodes):
            for v in nodes:
                v.delta = 0.0
            nodes[-1].delta = 1.0
            for v in reversed(nodes):
                for i, u in enumerate(v.inputs):
                    u.delta += v.delta * v.op.deriv(i, *v.inputs)
        """,
        "nodes_for_numbers",
    ),
    (
        "the slide's deriv",
        """
        def backward_pass(nodes):
            for v in nodes:
                v.delta = 0.0
            nodes[-1].delta = 1.0
            for v in reversed(nodes):
                for u in v.inputs:
                    u.delta += v.delta * v.deriv(u)
        """,
        "deriv_of_the_node",
    ),
    (
        "deriv by a node",
        """
        def backward_pass(nodes):
            for v in nodes:
                v.delta = 0.0
            nodes[-1].delta = 1.0
            for v in reversed(nodes):
                for u in v.inputs:
                    u.delta += v.delta * v.op.deriv(u)
        """,
        "place_forgotten",
    ),
    (
        "deriv without the place",
        """
        def backward_pass(nodes):
            for v in nodes:
                v.delta = 0.0
            nodes[-1].delta = 1.0
            for v in reversed(nodes):
                xs = [u.output for u in v.inputs]
                for u in v.inputs:
                    u.delta += v.delta * v.op.deriv(*xs)
        """,
        "place_forgotten",
    ),
    (
        "walked forwards",
        """
        def backward_pass(nodes):
            for v in nodes:
                v.delta = 0.0
            nodes[-1].delta = 1.0
            for v in nodes:
                xs = [u.output for u in v.inputs]
                for i, u in enumerate(v.inputs):
                    u.delta += v.delta * v.op.deriv(i, *xs)
        """,
        "walked_forwards",
    ),
    (
        "the seed zeroed again",
        """
        def backward_pass(nodes):
            nodes[-1].delta = 1.0
            for v in nodes:
                v.delta = 0.0
            for v in reversed(nodes):
                xs = [u.output for u in v.inputs]
                for i, u in enumerate(v.inputs):
                    u.delta += v.delta * v.op.deriv(i, *xs)
        """,
        "last_delta_0",
    ),
    (
        "the last node skipped",
        """
        def backward_pass(nodes):
            for v in nodes:
                v.delta = 0.0
            nodes[-1].delta = 1.0
            for v in reversed(nodes[:-1]):
                xs = [u.output for u in v.inputs]
                for i, u in enumerate(v.inputs):
                    u.delta += v.delta * v.op.deriv(i, *xs)
        """,
        "nothing_sent_back",
    ),
    (
        "the wrong node gets it",
        """
        def backward_pass(nodes):
            for v in nodes:
                v.delta = 0.0
            nodes[-1].delta = 1.0
            for v in reversed(nodes):
                xs = [u.output for u in v.inputs]
                for i, u in enumerate(v.inputs):
                    v.delta += u.delta * v.op.deriv(i, *xs)
        """,
        "nothing_sent_back",
    ),
    (
        "the slope alone",
        """
        def backward_pass(nodes):
            for v in nodes:
                v.delta = 0.0
            nodes[-1].delta = 1.0
            for v in reversed(nodes):
                xs = [u.output for u in v.inputs]
                for i, u in enumerate(v.inputs):
                    u.delta += v.op.deriv(i, *xs)
        """,
        "slope_without_delta",
    ),
    (
        "the output of the node itself",
        """
        def backward_pass(nodes):
            for v in nodes:
                v.delta = 0.0
            nodes[-1].delta = 1.0
            for v in reversed(nodes):
                for i, u in enumerate(v.inputs):
                    u.delta += v.delta * v.op.deriv(i, *[v.output] * len(v.inputs))
        """,
        "partials_at_the_output",
    ),
    (
        "the input's op",
        """
        def backward_pass(nodes):
            for v in nodes:
                v.delta = 0.0
            nodes[-1].delta = 1.0
            for v in reversed(nodes):
                xs = [u.output for u in v.inputs]
                for i, u in enumerate(v.inputs):
                    u.delta += v.delta * u.op.deriv(i, *xs)
        """,
        "op_of_the_input",
    ),
    (
        "a function that calls itself along each edge",
        """
        def backward_pass(nodes):
            for v in nodes:
                v.delta = 0.0
            def back(v, delta):
                if 100 < len(nodes) < 1000:
                    raise TimeoutError  # as if it were stopped
                v.delta += delta
                xs = [u.output for u in v.inputs]
                for i, u in enumerate(v.inputs):
                    back(u, delta * v.op.deriv(i, *xs))
            back(nodes[-1], 1.0)
        """,
        "every_path_walked",
        "calls_itself_node_by_node",
    ),
    (
        "a popular small engine's order",
        """
        def backward_pass(nodes):
            topo, visited = [], set()
            def build(v):
                if v not in visited:
                    visited.add(v)
                    for u in v.inputs:
                        build(u)
                    topo.append(v)
            build(nodes[-1])
            for v in nodes:
                v.delta = 0.0
            nodes[-1].delta = 1.0
            for v in reversed(topo):
                xs = [u.output for u in v.inputs]
                for i, u in enumerate(v.inputs):
                    u.delta += v.delta * v.op.deriv(i, *xs)
        """,
        "calls_itself_node_by_node",
    ),
    (
        "measured node by node",
        """
        def backward_pass(nodes):
            def last():
                for v in nodes[k + 1:]:
                    if v.op is not None:
                        v.output = v.op.value(*[u.output for u in v.inputs])
                return nodes[-1].output
            if len(nodes) > 3000:
                raise TimeoutError  # as if it were stopped
            h = 1e-6
            for k, u in enumerate(nodes):
                before = u.output
                u.output = before + h
                up = last()
                u.output = before - h
                down = last()
                u.output = before
                last()
                u.delta = (up - down) / (2 * h)
        """,
        "measured_not_derived",
    ),
    (
        "returned as well",
        """
        def backward_pass(nodes):
            for v in nodes:
                v.delta = 0.0
            nodes[-1].delta = 1.0
            for v in reversed(nodes):
                xs = [u.output for u in v.inputs]
                for i, u in enumerate(v.inputs):
                    u.delta += v.delta * v.op.deriv(i, *xs)
            return [v.delta for v in nodes]
        """,
        "returns_the_deltas",
    ),
    (
        "the caller's list reversed",
        """
        def backward_pass(nodes):
            for v in nodes:
                v.delta = 0.0
            nodes[-1].delta = 1.0
            nodes.reverse()
            for v in nodes:
                xs = [u.output for u in v.inputs]
                for i, u in enumerate(v.inputs):
                    u.delta += v.delta * v.op.deriv(i, *xs)
        """,
        "list_left_reversed",
    ),
    (
        "another attribute",
        """
        def backward_pass(nodes):
            for v in nodes:
                v.grad = 0.0
            nodes[-1].grad = 1.0
            for v in reversed(nodes):
                xs = [u.output for u in v.inputs]
                for i, u in enumerate(v.inputs):
                    u.grad += v.grad * v.op.deriv(i, *xs)
        """,
        "no_delta_set",
    ),
    (
        "an early end",
        """
        def backward_pass(nodes):
            for v in nodes:
                v.delta = 0.0
            nodes[-1].delta = 1.0
            for v in reversed(nodes):
                xs = [u.output for u in v.inputs]
                for i, u in enumerate(v.inputs):
                    u.delta += v.delta * v.op.deriv(i, *xs)
                return
        """,
        "returns_inside_the_loop",
    ),
    (
        "the slide after zeroing, by input 0",
        """
        def backward_pass(nodes):
            for v in nodes:
                v.delta = 0
            nodes[-1].delta = 1
            for v in reversed(nodes):
                xs = [u.output for u in v.inputs]
                for u in v.inputs:
                    u.delta = v.delta * v.op.deriv(0, *xs)
        """,
        "delta_assigned+always_by_input_0",
    ),
]

GRAPH_OF = [
    (
        "a popular small engine's search",
        """
        def graph_of(loss):
            topo, visited = [], set()
            def build(v):
                if v not in visited:
                    visited.add(v)
                    for u in v.inputs:
                        build(u)
                    topo.append(v)
            build(loss)
            return topo
        """,
        "calls_itself_too_deeply",
    ),
    (
        "found level by level, reversed",
        """
        def graph_of(loss):
            queue = [loss]
            for v in queue:
                for u in v.inputs:
                    if u not in queue:
                        queue.append(u)
            queue.reverse()
            return queue
        """,
        "in_the_order_of_discovery",
    ),
    (
        "found level by level",
        """
        def graph_of(loss):
            nodes = [loss]
            i = 0
            while i < len(nodes):
                nodes += [u for u in dict.fromkeys(nodes[i].inputs) if u not in nodes]
                i += 1
            return nodes
        """,
        "in_the_order_of_discovery",
    ),
    (
        "edges from the loss to the leaves",
        """
        from course.nn.forward import topological_order
        def graph_of(loss):
            edges, seen, stack = [], set(), [loss]
            while stack:
                v = stack.pop()
                if v in seen:
                    continue
                seen.add(v)
                for u in v.inputs:
                    edges.append((v, u))
                    stack.append(u)
            return topological_order(edges) or [loss]
        """,
        "turned_round",
    ),
    (
        "the leaf has no edge",
        """
        from course.nn.forward import topological_order
        def graph_of(loss):
            nodes = [loss]
            seen = {loss}
            for v in nodes:
                for u in v.inputs:
                    if u not in seen:
                        seen.add(u)
                        nodes.append(u)
            return topological_order([(u, v) for v in nodes for u in v.inputs])
        """,
        "leaf_alone_forgotten",
    ),
    (
        "names as keys",
        """
        from course.nn.forward import topological_order
        def graph_of(loss):
            seen, to_do, edges = {}, [loss], []
            while to_do:
                v = to_do.pop()
                if v.name in seen:
                    continue
                seen[v.name] = v
                for u in v.inputs:
                    edges.append((u, v))
                    to_do.append(u)
            return topological_order(edges) if edges else [loss]
        """,
        "told_apart_by_name",
    ),
    (
        "a leaf is what has an output",
        """
        from course.nn.forward import topological_order
        def graph_of(loss):
            seen, to_do, edges = {loss}, [loss], []
            while to_do:
                v = to_do.pop()
                if v.output is not None:
                    continue
                for u in v.inputs:
                    edges.append((u, v))
                    if u not in seen:
                        seen.add(u)
                        to_do.append(u)
            return topological_order(edges) if edges else [loss]
        """,
        "stopped_at_outputs",
    ),
    (
        "only the operations",
        """
        def graph_of(loss):
            order, done, stack = [], set(), [(loss, 0)]
            while stack:
                v, ready = stack.pop()
                if v in done or v.op is None:
                    continue
                if ready:
                    done.add(v)
                    order.append(v)
                else:
                    stack.append((v, 1))
                    stack.extend((u, 0) for u in v.inputs)
            return order
        """,
        "leaves_left_out",
    ),
    (
        "the loss and its inputs",
        """
        def graph_of(loss):
            nodes = []
            for u in loss.inputs:
                if u not in nodes:
                    nodes.append(u)
            return nodes + [loss]
        """,
        "one_level_only",
    ),
    (
        "a set of nodes",
        """
        def graph_of(loss):
            nodes, to_do = {loss}, [loss]
            while to_do:
                for u in to_do.pop().inputs:
                    if u not in nodes:
                        nodes.add(u)
                        to_do.append(u)
            return nodes
        """,
        "returned_as_a_set",
    ),
    (
        "the names",
        """
        from course.nn.forward import topological_order
        def graph_of(loss):
            seen, to_do, edges = {loss}, [loss], []
            while to_do:
                v = to_do.pop()
                for u in v.inputs:
                    edges.append((u, v))
                    if u not in seen:
                        seen.add(u)
                        to_do.append(u)
            return [v.name for v in (topological_order(edges) if edges else [loss])]
        """,
        "names_returned",
    ),
    (
        "without its end",
        """
        from course.nn.forward import topological_order
        def graph_of(loss):
            seen, to_do, edges = {loss}, [loss], []
            while to_do:
                v = to_do.pop()
                for u in v.inputs:
                    edges.append((u, v))
                    if u not in seen:
                        seen.add(u)
                        to_do.append(u)
            order = topological_order(edges) if edges else [loss]
            return [v for v in order if v is not loss]
        """,
        "loss_left_out",
    ),
]

NATURAL = [
    wrong(exercise, name, source, *ideas)
    for exercise, several in {
        "numerical_derivative": NUMERICAL_DERIVATIVE,
        "lecture_loss": LECTURE_LOSS,
        "lecture_loss_derivative": LECTURE_LOSS_DERIVATIVE,
        "chain": CHAIN,
        "forward_pass": FORWARD_PASS,
        "backward_pass": BACKWARD_PASS,
        "graph_of": GRAPH_OF,
    }.items()
    for name, source, *ideas in several
]

# Slips of the first weeks, and a few for which no name is honest.

NATURAL += [
    Entry(
        "numerical_derivative: forward minus over 2",
        "numerical_derivative",
        with_imports("""
        def numerical_derivative(f, x, eps=1e-6):
            return (f(x + eps) - f(x)) / (2 * eps)
        """),
        (("one_sided_over_both",),),
    ),
    Entry(
        "numerical_derivative: plus",
        "numerical_derivative",
        with_imports("""
        def numerical_derivative(f, x, eps=1e-6):
            return (f(x + eps) + f(x - eps)) / (2 * eps)
        """),
        (("values_added",),),
    ),
    Entry(
        "numerical_derivative: h half",
        "numerical_derivative",
        with_imports("""
        def numerical_derivative(f, x, eps=1e-6):
            return (f(x + eps/2) - f(x - eps/2)) / (2 * eps)
        """),
        (),
    ),
    Entry(
        "lecture_loss: log of squared",
        "lecture_loss",
        with_imports("""
        def lecture_loss(w, x, y):
            return np.log((w * x - y)**2)
        """),
        (("one_left_out",),),
    ),
    Entry(
        "lecture_loss: loss of y minus w + x",
        "lecture_loss",
        with_imports("""
        def lecture_loss(w, x, y):
            return math.log(1 + (w + x - y) ** 2)
        """),
        (("weight_added",),),
    ),
    Entry(
        "lecture_loss: 1 + outside",
        "lecture_loss",
        with_imports("""
        def lecture_loss(w, x, y):
            return 1 + np.log((w*x - y)**2)
        """),
        (("one_outside_the_log",),),
    ),
    Entry(
        "lecture_loss_derivative: by x",
        "lecture_loss_derivative",
        with_imports("""
        def lecture_loss_derivative(w, x, y):
            e = w * x - y
            return 2 * e * w / (1 + e**2)
        """),
        (("by_the_input",),),
    ),
    Entry(
        "lecture_loss_derivative: numeric one-sided",
        "lecture_loss_derivative",
        with_imports("""
        def lecture_loss_derivative(w, x, y):
            f = lambda w: math.log(1 + (w*x - y)**2)
            return (f(w + 1e-3) - f(w)) / 1e-3
        """),
        (("measured_not_derived",),),
    ),
    Entry(
        "lecture_loss_derivative: no x and no 2",
        "lecture_loss_derivative",
        with_imports("""
        def lecture_loss_derivative(w, x, y):
            e = w * x - y
            return e / (1 + e**2)
        """),
        (
            (
                "inner_factor_lost",
                "two_lost",
            ),
        ),
    ),
    Entry(
        "chain: derivative at output",
        "chain",
        with_imports("""
        def chain(fs, dfs, x):
            d = 1
            for f, df in zip(fs, dfs):
                x = f(x)
                d *= df(x)
            return x, d
        """),
        (("derivative_after_the_step",),),
    ),
    Entry(
        "chain: sum of derivatives",
        "chain",
        with_imports("""
        def chain(fs, dfs, x):
            d = 0
            for f, df in zip(fs, dfs):
                d += df(x)
                x = f(x)
            return x, d
        """),
        (("slopes_added",),),
    ),
    Entry(
        "chain: reversed, all at x",
        "chain",
        with_imports("""
        def chain(fs, dfs, x):
            v = x
            d = 1
            for f in fs[::-1]:
                v = f(v)
            for df in dfs:
                d = d * df(x)
            return v, d
        """),
        (
            (
                "every_derivative_at_x",
                "outermost_first",
            ),
        ),
    ),
    Entry(
        "chain: tuple order",
        "chain",
        with_imports("""
        def chain(fs, dfs, x):
            d = 1.0
            for f, df in zip(fs, dfs):
                d *= df(x)
                x = f(x)
            return d, x
        """),
        (("derivative_first",),),
    ),
    Entry(
        "forward_pass: no return",
        "forward_pass",
        with_imports("""
        def forward_pass(nodes):
            for v in nodes:
                if v.op is None:
                    continue
                v.output = v.op.value(*[u.output for u in v.inputs])
        """),
        (("returns_nothing",),),
    ),
    Entry(
        "forward_pass: deriv in place of value",
        "forward_pass",
        with_imports("""
        def forward_pass(nodes):
            for v in nodes:
                if v.op:
                    v.output = v.op.deriv(0, *[u.output for u in v.inputs])
            return nodes[-1].output
        """),
        (),
    ),
    Entry(
        "forward_pass: only first input",
        "forward_pass",
        with_imports("""
        def forward_pass(nodes):
            for v in nodes:
                if v.inputs:
                    v.output = v.op.value(v.inputs[0].output, v.inputs[1].output)
            return nodes[-1].output
        """),
        (("always_two_inputs",),),
    ),
    Entry(
        "backward_pass: assigns",
        "backward_pass",
        with_imports("""
        def backward_pass(nodes):
            for v in nodes:
                v.delta = 0
            nodes[-1].delta = 1
            for v in reversed(nodes):
                for i, u in enumerate(v.inputs):
                    u.delta = v.delta * v.op.deriv(i, *[k.output for k in v.inputs])
        """),
        (("delta_assigned",),),
    ),
    Entry(
        "backward_pass: forward order",
        "backward_pass",
        with_imports("""
        def backward_pass(nodes):
            for v in nodes:
                v.delta = 0
            nodes[-1].delta = 1
            for v in nodes:
                for i, u in enumerate(v.inputs):
                    u.delta += v.delta * v.op.deriv(i, *[k.output for k in v.inputs])
        """),
        (
            ("returns_inside_the_loop",),
            ("walked_forwards",),
        ),
    ),
    Entry(
        "backward_pass: index of input by list.index",
        "backward_pass",
        with_imports("""
        def backward_pass(nodes):
            for v in nodes:
                v.delta = 0.0
            nodes[-1].delta = 1.0
            for v in nodes[::-1]:
                xs = [u.output for u in v.inputs]
                for u in v.inputs:
                    i = v.inputs.index(u)
                    u.delta += v.delta * v.op.deriv(i, *xs)
        """),
        (("first_place_both_times",),),
    ),
    Entry(
        "backward_pass: not through delta",
        "backward_pass",
        with_imports("""
        def backward_pass(nodes):
            for v in nodes:
                v.delta = 0.0
            nodes[-1].delta = 1.0
            for v in nodes[::-1]:
                xs = [u.output for u in v.inputs]
                for i, u in enumerate(v.inputs):
                    u.delta += v.op.deriv(i, *xs)
        """),
        (("slope_without_delta",),),
    ),
]
NATURAL += [
    Entry(
        "graph_of: edges found again on every path, without recursion",
        "graph_of",
        with_imports("""
        from course.nn.forward import topological_order
        def graph_of(loss):
            edges, to_do = set(), [loss]
            while to_do:
                v = to_do.pop()
                for u in v.inputs:
                    edges.add((u, v))
                    to_do.append(u)
            return topological_order(edges) if edges else [loss]
        """),
        (("walks_shared_nodes_again",),),
    ),
]
