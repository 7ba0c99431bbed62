"""Sums over lists of float64 scalars, and what several readings share."""
import torch

ZERO = torch.zeros((), dtype=torch.float64)


def total(terms):
    return sum(terms, ZERO)


def mean(terms):
    return total(terms) / max(1, len(terms))


def mean_nonzero(terms):
    return mean([term for term in terms if term > 0])


def hinge(gap):
    return gap.clamp(min=0)


def log_sum_exp(exponents):
    return torch.stack(exponents).logsumexp(0)


def cosine_of_direction(a, p, n):
    return (n - a) @ (p - a) / ((n - a).norm() * (p - a).norm())
