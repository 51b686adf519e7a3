package io.sailplan.architecture.violations.plan;

/** Stands above the package that uses it. */
public final class Upstairs {}
