using Qcw.Build.Host;

namespace Qcw.Build.Tests.Host;

/// <summary>Which tests <c>--target=Acceptance</c> leaves out.</summary>
public sealed class AcceptanceTests
{
    [TestCase("7.2.0", false)]
    [TestCase("10.0.13+ds", false)]
    [TestCase("11.0.0-rc1", false)]
    [TestCase("11.0.0", true)]
    [TestCase("11.1.0-rc2", true)]
    [TestCase("11.1.2", true)]
    [TestCase("12.0.0-rc0", true)]
    public void Lima_takes_a_QEMU_from_11_on(string version, bool taken) =>
        Assert.That(Acceptance.LimaTakes(version), Is.EqualTo(taken));
}
