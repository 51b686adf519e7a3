/**
 * The command {@code sailplan}: a thin shell over the library, documented in {@code docs/cli.md}.
 */
@NullMarked
package io.sailplan.cli;

import org.jspecify.annotations.NullMarked;
