/**
 * What can go wrong, as values: one sealed {@link io.dockherd.failure.Failure} hierarchy that every
 * capability throws and every door maps to its own dialect in one place. Knows nothing else.
 */
package io.dockherd.failure;
