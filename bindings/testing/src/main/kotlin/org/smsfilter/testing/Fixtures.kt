package org.smsfilter.testing

import org.smsfilter.Trust

/** Rules small enough to reason about: 低息贷款，加微信 is a fraud, either half alone is nothing. */
public object Fixtures {
    /** The rules as a bundle, signed with [DevelopmentKeys] 0: what [Trust.development] accepts. */
    @JvmStatic
    public fun bundle(): ByteArray = resource("mini.smsb")

    /** The rules as an image of this version. */
    @JvmStatic
    public fun image(): ByteArray = resource("mini.smsi")
}

/**
 * Four Ed25519 keys that anybody has: for tests, and for nothing else. `smsfilter build --publish` refuses them;
 * [Trust.development] accepts 0 and 1.
 */
public object DevelopmentKeys {
    /** The private key as PKCS#8 PEM: the key file that `smsfilter build --key` takes. */
    @JvmStatic
    public fun privateKey(number: Int): String = resource("development-$number.key").decodeToString()

    /** The 32 bytes of the public key, as [Trust.root] takes them. */
    @JvmStatic
    public fun publicKey(number: Int): ByteArray = resource("development-$number.public")
}

private fun resource(name: String): ByteArray {
    val stream = requireNotNull(Fixtures::class.java.getResourceAsStream(name)) { "there is no $name; keys are 0 to 3" }
    return stream.use { it.readBytes() }
}
