/**
 * Who asks, and whether they may: every call of every door passes through {@link
 * io.dockherd.access.Gate} with an {@link io.dockherd.access.Identity} attached.
 */
package io.dockherd.access;
