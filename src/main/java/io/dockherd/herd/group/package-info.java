/**
 * Who is present, and ordered reliable messages between them: the thin layer over the group
 * communication library. Nothing above this package knows which library that is. Facts, records,
 * members and the bus each speak over a {@link io.dockherd.herd.group.Channel} of their own.
 */
package io.dockherd.herd.group;
