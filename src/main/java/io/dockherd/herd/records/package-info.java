/**
 * What people and apps want: versioned JSON under keys, written by anybody, held by everybody and
 * on disk, merged after a split by a rule that needs no clock.
 */
package io.dockherd.herd.records;
