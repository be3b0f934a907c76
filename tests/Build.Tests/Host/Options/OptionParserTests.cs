using Qcw.Build.Compiling.Builders.Container;
using Qcw.Build.Host;

namespace Qcw.Build.Tests.Host.Options;

public sealed class OptionParserTests
{
    private static readonly string Caller = Path.Combine(Path.GetTempPath(), "caller");

    [Test]
    public void Nothing_given_means_the_documented_defaults()
    {
        BuildOptions options = Parse();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.Targets, Is.EqualTo(["Default"]));
            Assert.That(options.Line, Is.EqualTo("2026.11"));
            Assert.That(options.Jobs, Is.EqualTo(Environment.ProcessorCount));
            Assert.That(options.Offline, Is.False);
            Assert.That(options.CakeArguments, Is.Empty);
        }
    }

    [Test]
    public void Values_are_taken_with_an_equals_sign_and_as_the_next_argument()
    {
        BuildOptions options = Parse("--line=debian13", "--target", "QemuFetch", "-t", "Xz", "--jobs", "3");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.Line, Is.EqualTo("debian13"));
            Assert.That(options.Targets, Is.EqualTo(["QemuFetch", "Xz"]));
            Assert.That(options.Jobs, Is.EqualTo(3));
            Assert.That(options.CakeArguments, Is.EqualTo(["--target=QemuFetch", "--target=Xz"]));
        }
    }

    [TestCase("0.1.0", true), TestCase("v2-rc1", true), TestCase("../x", false), TestCase("a'b", false), TestCase("-x", false)]
    public void A_tag_is_a_harmless_word(string tag, bool taken)
    {
        if (taken)
        {
            Assert.That(Parse($"--tag={tag}").Tag, Is.EqualTo(tag));
        }
        else
        {
            Assert.That(() => Parse($"--tag={tag}"), Throws.TypeOf<UsageException>().With.Message.Contains($"--tag: found \"{tag}\""));
        }
    }

    [Test]
    public void Only_options_that_cake_acts_on_reach_cake()
    {
        BuildOptions options = Parse("--dryrun", "--offline", "--exclusive", "--line=debian13", "--mirror=m");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.CakeArguments, Is.EqualTo(["--dryrun", "--exclusive"]));
            Assert.That(options.PlansOnly, Is.True);
            Assert.That(options.Offline, Is.True);
        }
    }

    [Test]
    public void Relative_paths_are_the_callers()
    {
        BuildOptions options = Parse("--mirror=m", "--artifacts=../out", "--qemu-source=q.tar.xz");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.Mirror, Is.EqualTo(Path.Combine(Caller, "m")));
            Assert.That(options.Artifacts, Is.EqualTo(Path.Combine(Path.GetTempPath(), "out")));
            Assert.That(options.Overrides, Is.EqualTo([new SourceOverride("qemu", null, Path.Combine(Caller, "q.tar.xz"))]));
        }
    }

    [Test]
    public void A_mirror_may_be_a_url() =>
        Assert.That(Parse("--mirror=https://mirror.example/qcw").Mirror, Is.EqualTo("https://mirror.example/qcw"));

    [Test]
    public void One_offs_are_gathered_by_component()
    {
        BuildOptions options = Parse("--gvisor-tap-vsock-version=1.0", "--gvisor-tap-vsock-source=/x", "--xz-version=2");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                options.Overrides,
                Is.EqualTo([new SourceOverride("gvisor-tap-vsock", "1.0", Path.GetFullPath("/x")), new SourceOverride("xz", "2", null)]));
        }
    }

    [TestCase("--builder=HOST", "host"), TestCase("--builder=Container", "container")]
    public void A_value_of_a_list_is_taken_in_the_lists_own_spelling(string argument, string expected) =>
        Assert.That(Parse(argument).Builder, Is.EqualTo(expected));

    [Test]
    public void An_engine_in_other_letters_is_the_engine() => Assert.That(Parse("--engine=Podman").Engine, Is.EqualTo("podman"));

    [Test]
    public void Every_option_changes_something()
    {
        foreach (Option option in OptionTable.All.Where(option => option.Name != "verbosity"))
        {
            string value = option.Value is null ? "true" : option.Allowed?[^1] ?? Values.GetValueOrDefault(option.Name, "5");
            var before = new BuildOptions();
            Assert.That(option.Set(before, new OptionValue(option.Name, value, Caller)), Is.Not.EqualTo(before), option.Name);
        }
    }

    [Test]
    public void A_container_has_limits_and_a_base()
    {
        BuildOptions options = Parse("--engine=podman", "--memory=4G", "--cpus=1.5", "--container-base=qcw-base:bookworm");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.Engine, Is.EqualTo("podman"));
            Assert.That(options.Limits, Is.EqualTo(new ContainerLimits("4g", 1.5)));
            Assert.That(options.ContainerBase, Is.EqualTo(new BaseReference(BaseKind.Local, "qcw-base:bookworm")));
        }
    }

    [TestCase("--engine=lxc", "--engine: found \"lxc\", expected one of: auto, docker, podman")]
    [TestCase("--memory=lots", "--memory: found \"lots\", expected a whole number with m or g, as in 4g")]
    [TestCase("--memory=4", "--memory: found \"4\", expected a whole number with m or g")]
    [TestCase("--cpus=0", "--cpus: found \"0\", expected a number from 0.1 to 1024, as in 2 or 1.5")]
    [TestCase("--container-base=debian:12", "--container-base: \"debian:12\" has no digest")]
    [TestCase("--timestamp=example.org", "--timestamp: found \"example.org\", expected an address that begins with http:// or https://")]
    [TestCase("--tagret=Release", "unknown option --tagret; did you mean --target?")]
    [TestCase("--ofline", "unknown option --ofline; did you mean --offline?")]
    [TestCase("--zzzzzzzzz", "unknown option --zzzzzzzzz (--help lists all)")]
    [TestCase("Release", "unexpected argument \"Release\"")]
    [TestCase("--", "unexpected argument")]
    [TestCase("--line", "--line needs a value: --line=LINE")]
    [TestCase("--line=", "--line has an empty value")]
    [TestCase("--jobs=0", "--jobs: found \"0\", expected a whole number from 1 to 1024")]
    [TestCase("--jobs=many", "--jobs: found \"many\"")]
    [TestCase("--builder=magic", "--builder: found \"magic\", expected one of: auto, msys2, container, host")]
    [TestCase("--offline=perhaps", "--offline is a switch")]
    public void What_is_wrong_is_refused_in_one_sentence(string argument, string message) =>
        Assert.That(() => Parse(argument), Throws.TypeOf<UsageException>().With.Message.Contains(message));

    private static BuildOptions Parse(params string[] arguments) => new OptionParser(Caller).Parse(arguments);

    private static readonly Dictionary<string, string> Values = new()
    {
        ["container-base"] = "debian@sha256:" + new string('0', 64),
        ["memory"] = "4g",
        ["timestamp"] = "https://example.org",
        ["require"] = "signature",
    };
}
