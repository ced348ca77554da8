# SPDX-License-Identifier: MIT
"""The suites, in the order they are run in. Each module says

    NAME, TITLE, PACKAGE    how it is called, in tables, and which source package it is in
    GOALS                   its parts, and how many per cent of each must pass on an isle
    BATCHED                 whether tests may share an image
    root(source)            the folder that names are below, which samples are chosen by
    cases(source)           every test

and, where it is not as most are,

    SHARED                  whether plain runs try a part of it, yes if not said
    extra(platform, source, folder)                what all tests are built with: flags and libraries
    verdict_of(platform, case, folder, extra)      how one is built, run and judged

A package is an object that says the same (package.py).
"""
from definitions import c_torture, fftw, gfortran, gsl, gxx, hpcc, lapack, libgomp, libstdcxx, llvm_openmp, lua, newlib, sqlite, tcc, zlib

PACKAGES = (zlib.SUITE, lua.SUITE, tcc.SUITE, sqlite.SUITE, fftw.SUITE, gsl.SUITE, lapack.SUITE, hpcc.SUITE)
SUITES = {suite.NAME: suite for suite in (c_torture, libgomp, gfortran, gxx, libstdcxx, llvm_openmp, newlib, *PACKAGES)}
