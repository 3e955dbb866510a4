import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jetbrains.kotlin.abi.tools.AbiFilters;
import org.jetbrains.kotlin.abi.tools.AbiTools;

/** Writes what is public in folders of classes: pairs of a folder and the file to write. */
public final class ApiDump {
    public static void main(String[] args) throws IOException {
        AbiTools tools = AbiTools.Companion.getInstance(ApiDump.class.getClassLoader());
        for (int at = 0; at < args.length; at += 2) {
            List<File> classes;
            try (Stream<Path> files = Files.walk(Paths.get(args[at]))) {
                classes = files.filter(it -> it.toString().endsWith(".class")).sorted().map(Path::toFile).collect(Collectors.toList());
            }
            try (Writer out = Files.newBufferedWriter(Paths.get(args[at + 1]))) {
                tools.printJvmDump(out, classes, AbiFilters.Companion.getEMPTY());
            }
        }
    }
}
