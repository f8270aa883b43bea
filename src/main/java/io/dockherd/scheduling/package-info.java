/**
 * Where containers go: which nodes may take one ({@link io.dockherd.scheduling.Filter}), which of
 * them is best ({@link io.dockherd.scheduling.Strategy}), and why the others are not. Way in:
 * {@link io.dockherd.scheduling.Scheduler}. Pure: values in, values out; no clock, no network, no
 * state.
 */
package io.dockherd.scheduling;
