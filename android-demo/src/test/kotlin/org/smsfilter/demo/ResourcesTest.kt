package org.smsfilter.demo

import java.io.File
import javax.xml.parsers.DocumentBuilderFactory
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.w3c.dom.Element

/** What Android's own lint would say of texts, colours and the manifest; it cannot be had here. */
class ResourcesTest {
    @Test
    fun `every text is there in all three languages, with the same places to fill in`() {
        val english = texts("values")
        for (language in listOf("values-zh", "values-b+zh+Hant")) {
            val translated = texts(language)
            assertEquals("missing in $language", emptySet<String>(), english.keys - translated.keys)
            assertEquals("only in $language", emptySet<String>(), translated.keys - english.keys)
            val different = english.filter { (name, text) -> places(text) != places(translated.getValue(name)) }.keys
            assertEquals("places differ in $language", emptySet<String>(), different)
        }
        assertTrue("texts were read", english.size > 20)
    }

    @Test
    fun `Chinese texts are Chinese, and English ones are not`() {
        val han = Regex("\\p{IsHan}")
        val english = texts("values").filterValues { han.containsMatchIn(it.replace(Regex("\\([^)]*\\)"), "")) }.keys
        // What Chinese senders write, or a setting of the phone is called, stays what it is.
        assertEquals(emptySet<String>(), english.filterNot { it.endsWith("_zh") }.toSet())
        val same = texts("values-zh").filter { (name, text) -> !han.containsMatchIn(text) && Regex("[A-Za-z]{3}").containsMatchIn(text.replace(PLACE, "")) && !name.endsWith("_name") }
        assertEquals(emptyMap<String, String>(), same)
    }

    @Test
    fun `no layout and no menu has a text of its own`() {
        val own = files("res").filter { it.parentFile.name.startsWith("layout") || it.parentFile.name.startsWith("menu") }.flatMap { file ->
            elements(file).flatMap { element ->
                listOf("text", "hint", "contentDescription", "title", "label").map { element.getAttributeNS(ANDROID, it) }
                    .filter { it.isNotEmpty() && it[0] !in "@?" }.map { "${file.name}: $it" }
            }
        }
        assertEquals(emptyList<String>(), own)
    }

    @Test
    fun `no source has a text of its own in Chinese`() {
        val own = files("kotlin").flatMap { file ->
            file.readLines().filter { line -> Regex("\"[^\"]*\\p{IsHan}[^\"]*\"").containsMatchIn(line.substringBefore("//")) && !line.trim().startsWith("*") }
                .map { "${file.name}: ${it.trim()}" }
        }
        assertEquals(emptyList<String>(), own)
    }

    @Test
    fun `what other applications may start is guarded or takes input that is checked`() {
        val components = elements(File(MAIN, "AndroidManifest.xml")).filter { it.tagName in COMPONENTS }
        assertEquals("exported is said", emptyList<String>(), components.filter { it.android("exported").isEmpty() }.map { it.android("name") })
        val open = components.filter { it.android("exported") == "true" && it.android("permission").isEmpty() }.map { it.android("name") }
        assertEquals(listOf(".MainActivity", ".messages.ComposeActivity"), open.sorted())
    }

    @Test
    fun `the manifest asks for no network and keeps the data out of backups`() {
        val all = elements(File(MAIN, "AndroidManifest.xml"))
        val permissions = all.filter { it.tagName == "uses-permission" }.map { it.android("name").substringAfterLast('.') }
        assertEquals(emptyList<String>(), permissions.filter { "NETWORK" in it || "INTERNET" in it })
        assertEquals("false", all.single { it.tagName == "application" }.android("allowBackup"))
    }

    @Test
    fun `a pending intent can be changed by nobody, but for the reply and the report of delivery that Android fills in`() {
        val calls = files("kotlin").flatMap { file -> Regex("PendingIntent\\.get\\w+\\([^;]*?FLAG_(IM)?MUTABLE").findAll(file.readText()).map { it.value }.toList() }
        val all = files("kotlin").sumOf { Regex("PendingIntent\\.get(Activity|Broadcast|Service)").findAll(it.readText()).count() }
        assertEquals("each says which it is", all, calls.size)
        val mutable = files("kotlin").filter { Regex("\\bFLAG_MUTABLE").containsMatchIn(it.readText()) }
        assertEquals(setOf("messages/SentReceiver.kt", "notices/NoticeIntents.kt"), mutable.map { "${it.parentFile.name}/${it.name}" }.toSet())
    }

    @Test
    fun `texts can be read on their grounds, by day and by night`() {
        for (folder in listOf("values", "values-night")) {
            val colors = elements(File(MAIN, "res/$folder/colors.xml")).filter { it.tagName == "color" }
                .associate { it.getAttribute("name") to it.textContent.removePrefix("#").takeLast(6).toInt(16) }
            val pairs = listOf("page", "card").flatMap { ground -> listOf("ink", "ink_soft", "accent", "danger").map { it to ground } } +
                colors.keys.filter { it.startsWith("on_") }.map { it to if (it.startsWith("on_bar")) "bar" else it.removePrefix("on_") }
            for ((ink, ground) in pairs) {
                val contrast = contrast(colors.getValue(ink), colors.getValue(ground))
                assertTrue("$folder: $ink on $ground has %.2f".format(contrast), contrast >= 4.5)
            }
        }
    }

    @Test
    fun `every resource is used by a source, the manifest or another resource`() {
        val all = files("res")
        val named = all.filter { it.parentFile.name.startsWith("values") }.flatMap { file -> elements(file).filter { it.tagName in NAMED }.map { it.tagName to it.getAttribute("name") } }
        val whole = all.filter { !it.parentFile.name.startsWith("values") }.map { it.parentFile.name.substringBefore('-') to it.nameWithoutExtension }
        val inXml = (all + File(MAIN, "AndroidManifest.xml")).flatMap { REFERENCE.findAll(it.readText()).map { it.groupValues[1] to it.groupValues[2] }.toList() }
        val inCode = files("kotlin").flatMap { Regex("(?<!android\\.)\\bR\\.(\\w+)\\.(\\w+)").findAll(it.readText()).map { it.groupValues[1] to it.groupValues[2] }.toList() }
        val resources = (named + whole).toSet()
        assertTrue("${resources.size} resources were found", resources.size > 700 && setOf("string", "layout", "drawable", "dimen", "color").all { type -> resources.any { it.first == type } })
        assertEquals("nothing uses", emptySet<Any>(), resources - inXml.toSet() - inCode.toSet())
    }

    private fun texts(folder: String): Map<String, String> = files("res/$folder").filter { it.name.startsWith("strings") }.flatMap { file ->
        elements(file).mapNotNull { element ->
            when (element.tagName) {
                "string" -> (element.getAttribute("name") to element.textContent).takeIf { element.getAttribute("translatable") != "false" }
                // The quantities of a language are its own; `other` is there in each.
                "item" -> if (element.getAttribute("quantity") in setOf("", "other")) name(element) to element.textContent else null
                else -> null
            }
        }
    }.toMap()

    private fun name(item: Element): String {
        val parent = item.parentNode as Element
        val all = parent.getElementsByTagName("item")
        return "${parent.getAttribute("name")}[${if (parent.tagName == "plurals") "other" else (0 until all.length).first { all.item(it) === item }}]"
    }

    private fun places(text: String) = PLACE.findAll(text).map { it.value }.sorted().toList()

    private fun Element.android(name: String) = getAttributeNS(ANDROID, name)

    private fun files(folder: String) = File(MAIN, folder).walk().filter { it.isFile }.toList().also { check(it.isNotEmpty()) { "nothing in $folder" } }

    private fun elements(file: File): List<Element> {
        if (file.extension != "xml") return emptyList()
        val factory = DocumentBuilderFactory.newInstance().apply { isNamespaceAware = true }
        val all = factory.newDocumentBuilder().parse(file).getElementsByTagName("*")
        return (0 until all.length).map { all.item(it) as Element }
    }

    private companion object {
        val MAIN = File("src/main")
        const val ANDROID = "http://schemas.android.com/apk/res/android"
        val COMPONENTS = setOf("activity", "receiver", "service", "provider")

        /** What a file of values defines, as it is asked for by name; styles also inherit by their names alone. */
        val NAMED = setOf("string", "plurals", "string-array", "dimen", "color", "bool", "integer")
        val REFERENCE = Regex("@(\\w+)/(\\w+)")
        val PLACE = Regex("%(\\d+\\$)?[-#+ 0,(]*\\d*(\\.\\d+)?[a-zA-Z%]")

        /** WCAG 2.1: relative luminance and contrast. */
        fun contrast(one: Int, other: Int): Double {
            val (light, dark) = listOf(luminance(one), luminance(other)).sortedDescending()
            return (light + 0.05) / (dark + 0.05)
        }

        fun luminance(color: Int): Double = listOf(16 to 0.2126, 8 to 0.7152, 0 to 0.0722).sumOf { (shift, weight) ->
            val part = (color shr shift and 0xFF) / 255.0
            weight * if (part <= 0.03928) part / 12.92 else Math.pow((part + 0.055) / 1.055, 2.4)
        }
    }
}
