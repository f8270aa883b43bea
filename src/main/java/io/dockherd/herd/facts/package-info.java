/**
 * What each member knows first-hand and tells all others: written only by its owner, held in every
 * member's memory, gone when the owner goes.
 */
package io.dockherd.herd.facts;
