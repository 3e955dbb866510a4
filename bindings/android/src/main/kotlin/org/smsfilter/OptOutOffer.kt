package org.smsfilter

/**
 * A way to refuse further promotions of a sender. The user confirms first; nothing is ever sent or opened by the library.
 *
 * @property key whose promotions are refused: what [Ledgers.on] takes once the user did so
 * @property text what there is to do, as a sentence for the confirmation
 */
public sealed class OptOutOffer(public val key: ConsentKey, public val text: Text) {
    /**
     * Send a word.
     *
     * @property to the number: the one that the message names, otherwise its sender
     * @property say the word, such as `TD`
     */
    public class Reply internal constructor(key: ConsentKey, text: Text, public val to: String, public val say: String) :
        OptOutOffer(key, text)

    /**
     * The message has only a link. Show it; never open it by itself.
     *
     * @property address as it stands in the message
     */
    public class Link internal constructor(key: ConsentKey, text: Text, public val address: String) : OptOutOffer(key, text)

    /** Names the way alone: numbers and addresses belong into no log. */
    override fun toString(): String = if (this is Reply) "OptOutOffer.Reply" else "OptOutOffer.Link"
}
