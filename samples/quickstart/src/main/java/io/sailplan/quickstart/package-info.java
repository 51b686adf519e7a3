/** The shortest program that plans, applies, and plans again; on a simulated cluster. */
@NullMarked
package io.sailplan.quickstart;

import org.jspecify.annotations.NullMarked;
