using Qcw.Build.Compiling.Go;

namespace Qcw.Build.Tests.Compiling.Go;

public sealed class FileVersionTests
{
    [TestCase("0.5.0", ExpectedResult = "0.5.0.0")]
    [TestCase("v0.5.0", ExpectedResult = "0.5.0.0")]
    [TestCase("4.5.0-dev", ExpectedResult = "4.5.0.0")]
    [TestCase("8.0.0-rc2", ExpectedResult = "8.0.0.0")]
    [TestCase("10.0.13+ds", ExpectedResult = "10.0.13.0")]
    [TestCase("2023.04", ExpectedResult = "2023.4.0.0")]
    [TestCase("5", ExpectedResult = "5.0.0.0")]
    [TestCase("1.2.3.65535", ExpectedResult = "1.2.3.65535")]
    [TestCase("0.2.0-6-gcc6fb8a", ExpectedResult = "0.2.0.6")]
    [TestCase("v1.4-12-gcc6fb8a5db72948af31628b019575478522f4425", ExpectedResult = "1.4.0.12")]
    [TestCase("4.5.0-rc1-12-gcc6fb8a", ExpectedResult = "4.5.0.0")]
    public string A_version_text_gives_four_numbers(string text) => FileVersion.Of(text).ToString();

    [TestCase("")]
    [TestCase("master")]
    [TestCase("1.2.3.4.5")]
    [TestCase("1.65536")]
    [TestCase("1..2")]
    [TestCase("1.2.")]
    [TestCase("1.2-")]
    [TestCase("1.2.3-6")]
    [TestCase("1.2.3\n")]
    [TestCase("1.2.3-70000-gcc6fb8a")]
    [TestCase("1.2.3.4-6-gcc6fb8a")]
    public void What_is_no_version_is_quoted(string text) =>
        Assert.That(() => FileVersion.Of(text), Throws.InstanceOf<BuildException>().With.Message.Contains($"'{text}'").And.Message.Contains("accepted are"));
}
