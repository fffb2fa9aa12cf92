"""What the lessons draw, one short call per figure: ``from course.figures import draw``.

``draw_…`` draws a structure, ``plot_…`` a function or data, ``film_…`` something that moves, and
``dial_…`` something that the reader turns; ``dial`` makes a dial of any function that draws. Every
figure carries its description (``.alt``), looks the same on a dark page and on a light one, and
shows your own functions whenever it can.
"""

from course.figures.backward import film_backward
from course.figures.bends import dial_bends
from course.figures.computation import dial_graph
from course.figures.curves import plot_activation, plot_curves, plot_step_error, plot_tangents
from course.figures.drawing.chart import Chart
from course.figures.drawing.dial import Dial, dial
from course.figures.drawing.film import Film
from course.figures.drawing.picture import Picture, beside
from course.figures.folds import film_folds
from course.figures.graph_films import film_order, film_passes
from course.figures.graphs import draw, draw_backward
from course.figures.images import plot_images, plot_mistakes, plot_two_groups
from course.figures.landscapes import plot_descent, plot_landscape, plot_slice
from course.figures.matrices import (
    draw_broadcast,
    draw_conventions,
    draw_ladder,
    draw_product,
    draw_rows,
)
from course.figures.nets import draw_net, film_forward
from course.figures.neurons import draw_layer_passes, draw_neuron
from course.figures.nudges import dial_nudges
from course.figures.plane import plot_bias, plot_boundary, plot_response
from course.figures.polls import dial_batches
from course.figures.progress import draw_progress, watch
from course.figures.reading import dial_reader
from course.figures.scales import dial_scales
from course.figures.signals import plot_depths, plot_scales
from course.figures.symmetries import dial_rescaling, plot_rescaling, plot_twin_weights
from course.figures.tents import dial_tents
from course.figures.training import film_boundary, plot_bands, plot_confusion, plot_history
from course.figures.turning import dial_neuron
from course.figures.twins import draw_twins
from course.figures.valleys import dial_valley

__all__ = [
    "Chart",
    "Dial",
    "Film",
    "Picture",
    "beside",
    "dial",
    "dial_batches",
    "dial_bends",
    "dial_graph",
    "dial_neuron",
    "dial_nudges",
    "dial_reader",
    "dial_rescaling",
    "dial_scales",
    "dial_tents",
    "dial_valley",
    "draw",
    "draw_backward",
    "draw_broadcast",
    "draw_conventions",
    "draw_ladder",
    "draw_layer_passes",
    "draw_net",
    "draw_neuron",
    "draw_product",
    "draw_progress",
    "draw_rows",
    "draw_twins",
    "film_backward",
    "film_boundary",
    "film_folds",
    "film_forward",
    "film_order",
    "film_passes",
    "plot_activation",
    "plot_bands",
    "plot_bias",
    "plot_boundary",
    "plot_confusion",
    "plot_curves",
    "plot_depths",
    "plot_descent",
    "plot_history",
    "plot_images",
    "plot_landscape",
    "plot_mistakes",
    "plot_rescaling",
    "plot_response",
    "plot_scales",
    "plot_slice",
    "plot_step_error",
    "plot_tangents",
    "plot_twin_weights",
    "plot_two_groups",
    "watch",
]
