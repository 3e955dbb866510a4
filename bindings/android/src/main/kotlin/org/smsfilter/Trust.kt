package org.smsfilter

import org.smsfilter.internal.NativeTrust

/** Whose signatures on a bundle count. There is no default: an application names the root it trusts. */
public class Trust private constructor(internal val native: NativeTrust) {
    public companion object {
        /** The development root: anybody can sign with it. For tests and demonstrations. */
        @JvmStatic
        public fun development(): Trust = Trust(NativeTrust.Development)

        /** At least [threshold] of these Ed25519 public keys, 32 bytes each, must have signed. */
        @JvmStatic
        public fun root(threshold: Int, vararg keys: ByteArray): Trust {
            require(threshold in 1..keys.size) { "a threshold is 1 to the number of keys, ${keys.size}, not $threshold" }
            return Trust(NativeTrust.Root(keys.asList(), threshold.toUByte()))
        }
    }
}
