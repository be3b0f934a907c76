using System.Text.RegularExpressions;

namespace Qcw.Build.Attesting;

/// <summary>
/// Recognizes the licences that Go modules usually have by words that only they have. It does not compare whole texts: what a component's
/// licence is, the line says; this is for the hundreds of modules that nobody looks at one by one.
/// </summary>
public static partial class LicenceText
{
    private const int MostLines = 10;

    /// <summary>The licences in some texts as one SPDX expression; null: none is recognized.</summary>
    /// <param name="texts">Licence files of one module, in any order.</param>
    public static string? Recognize(IEnumerable<string> texts)
    {
        string[] names = [.. texts.SelectMany(NamesIn).Distinct().Order(StringComparer.Ordinal)];
        return names.Length == 0 ? null : string.Join(" AND ", names);
    }

    /// <summary>Who has the copyright by some licence texts, a line each; null: they do not say.</summary>
    /// <param name="texts">Licence files of one component or module.</param>
    public static string? CopyrightIn(IEnumerable<string> texts)
    {
        string[] lines =
        [
            .. texts.SelectMany(text => CopyrightLine().Matches(text)).Select(match => Blanks().Replace(match.Groups[1].Value, " ").Trim())
                .Distinct().Take(MostLines),
        ];
        return lines.Length == 0 ? null : string.Join('\n', lines);
    }

    private static IEnumerable<string> NamesIn(string text)
    {
        string words = Blanks().Replace(text, " ");
        if (Has("Apache License") && Has("Version 2.0") || Has("apache.org licenses LICENSE-2.0"))
        {
            yield return "Apache-2.0";
        }

        if (Has("Mozilla Public License") && Has("2.0"))
        {
            yield return "MPL-2.0";
        }

        if (Has("Permission is hereby granted, free of charge, to any person obtaining a copy"))
        {
            yield return "MIT";
        }

        if (Has("and distribute this software for any purpose with or without fee is hereby granted")
            || Has("and or distribute this software for any purpose with or without fee is hereby granted"))
        {
            yield return "ISC";
        }

        if (Has("Redistribution and use in source and binary forms"))
        {
            yield return Has("used to endorse or promote") ? "BSD-3-Clause" : "BSD-2-Clause";
        }

        if (Has("Attribution-ShareAlike 4.0 International"))
        {
            yield return "CC-BY-SA-4.0";
        }

        if (Has("GNU LESSER GENERAL PUBLIC LICENSE Version 3"))
        {
            yield return "LGPL-3.0-only";
        }

        if (Has("This is free and unencumbered software released into the public domain"))
        {
            yield return "Unlicense";
        }

        bool Has(string phrase) => words.Contains(phrase, StringComparison.OrdinalIgnoreCase);
    }

    // with a year, so that it is not about copyright in general; the text of the GPL itself is its foundation's
    [GeneratedRegex(
        @"^[\s/*#;.-]*(Copyright\b(?![^\n]*(Free Software Foundation|\[yyyy\]|<year>|\{yyyy\}))[^\n]*[12][0-9]{3}[^\n]*)$",
        RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex CopyrightLine();

    [GeneratedRegex(@"[\s/*#]+")]
    private static partial Regex Blanks();
}
