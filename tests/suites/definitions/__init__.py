# SPDX-License-Identifier: MIT
"""The suites, in the order they are run in. Each module says

    NAME, TITLE, PACKAGE    how it is called, in tables, and which source package it is in
    GOALS                   its parts, and how many per cent of each must pass on an isle
    BATCHED                 whether tests may share an image
    root(source)            the folder that names are below, which samples are chosen by
    cases(source)           every test
    extra(platform, source, folder)    flags and libraries for all of them; may be left out
"""
from definitions import c_torture, gfortran, gxx, libgomp, libstdcxx, llvm_openmp, newlib

SUITES = {suite.NAME: suite for suite in (c_torture, libgomp, gfortran, gxx, libstdcxx, llvm_openmp, newlib)}
