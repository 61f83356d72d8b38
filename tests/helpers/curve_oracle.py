"""The curve and the loss in mpmath, straight from their definitions: an oracle for the checker."""

import mpmath
from mpmath import mpf


def mass(t):
    """Φ(t)."""
    return mpmath.erfc(-t / mpmath.sqrt(2)) / 2


def window(t, delta):
    """f(t) = Φ(t + Δ) − Φ(t − Δ)."""
    return mass(t + delta) - mass(t - delta)


def deficit(t, delta):
    """d(t) = f(0) − f(t)."""
    return window(mpf(0), delta) - window(t, delta)


def radius_balance(x, y, delta):
    """d(x) + φ(Δ)x − d(y)."""
    return deficit(x, delta) + mpmath.npdf(delta) * x - deficit(y, delta)


def shift_balance(g, y, delta):
    """Φ(g) − Φ(−g) − [Φ(y − Δ) − Φ(−Δ)]."""
    return mass(g) - mass(-g) - (mass(y - delta) - mass(-delta))


def increasing_root(function, low, high):
    """The zero of an increasing function, by bisection to the working precision."""
    low, high = mpf(low), mpf(high)
    for _ in range(mpmath.mp.prec + 10):
        middle = (low + high) / 2
        low, high = (low, middle) if function(middle) > 0 else (middle, high)
    return (low + high) / 2


def radius(y, delta):
    """The x with d(x) + φ(Δ)x = d(y)."""
    return increasing_root(lambda x: radius_balance(x, y, delta), 0, y)


def shift(y, delta):
    """The g with Φ(g) − Φ(−g) = Φ(y − Δ) − Φ(−Δ)."""
    return increasing_root(lambda g: shift_balance(g, y, delta), 0, y)


def criterion(y, delta):
    """K at y, from the loss itself: loss″(ε) times the positive g(1 + g²)/(g′ ε̂′ loss′(ε)).

    With g as a function of ε̂ and ε̂ of ε, through the derivatives of y by each.
    """
    x, g = radius(y, delta), shift(y, delta)
    eps = deficit(x, delta)

    def loss(e):
        inner = increasing_root(lambda t: deficit(t, delta) - e, 0, delta + 10)
        estimate = e + mpmath.npdf(delta) * inner
        outer = increasing_root(lambda t: deficit(t, delta) - estimate, 0, delta + 10)
        half = shift(outer, delta)
        return half * half / (1 + half * half)

    step = eps * mpf(2) ** -40
    left, here, right = loss(eps - step), loss(eps), loss(eps + step)
    first, second = (right - left) / (2 * step), (right - 2 * here + left) / step**2

    def steep(t):
        return 2 * mpmath.exp(-t * t / 2) * mpmath.sinh(t * delta)

    g_rate = 1 / (2 * mpmath.npdf(g) * (1 - mpmath.exp(-2 * y * delta)))  # dg/dε̂
    estimate_rate = 1 + 1 / steep(x)  # dε̂/dε
    return second / first * g * (1 + g * g) / (g_rate * estimate_rate)
