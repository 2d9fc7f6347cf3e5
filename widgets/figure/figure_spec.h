// SPDX-License-Identifier: GPL-3.0-or-later
// What a figure shows and how: plain values that travel as JSON (figure_json.h). Whoever has a spec, the model and the
// pictures can make the figure again.
#pragma once

#include "core/base/attention_math.h"
#include "widgets/viewmodel/display_settings.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace headlens {

// What changes from row to row, or from column to column.
enum class FigureAxis : std::uint8_t { None, Layers, Heads, Methods, Pictures, Models, Queries };
// Over which panels one colour means the same number.
enum class FigureScale : std::uint8_t { Panel, Row, Column, Figure };
// How large the sheet is.
enum class FigurePreset : std::uint8_t { OneColumn, TwoColumns, Slide, Custom };
enum class FigureBackground : std::uint8_t { White, Transparent, Dark };

// One row of the table of an enum: its value, its name in files, its name for people in English (context "Figure").
template <class Enum>
struct FigureName {
    Enum value;
    const char* id;
    const char* title;
};
const std::vector<FigureName<FigureAxis>>& figureNames(FigureAxis /*of*/);
const std::vector<FigureName<FigureScale>>& figureNames(FigureScale /*of*/);
const std::vector<FigureName<FigurePreset>>& figureNames(FigurePreset /*of*/);
const std::vector<FigureName<FigureBackground>>& figureNames(FigureBackground /*of*/);
const std::vector<FigureName<OverlayStyle>>& figureNames(OverlayStyle /*of*/);
const std::vector<FigureName<HeadFusion>>& figureNames(HeadFusion /*of*/);
QString figureText(const char* english); // the title in the language of the window

namespace figure_limits {
inline constexpr int kMostLines = 256;   // rows, or columns
inline constexpr int kMostPanels = 4096; // rows times columns
inline constexpr int kMostInputs = 64;
inline constexpr int kLongestText = 20'000;           // characters of a text that is read, of a caption
inline constexpr int kLongestName = 4096;             // of a path, of a name
inline constexpr double kNarrowest = 1, kWidest = 40; // inches
inline constexpr double kSmallestFont = 3, kLargestFont = 72, kLargestGap = 72; // points
inline constexpr int kLeastDpi = 72, kMostDpi = 1200;
} // namespace figure_limits

struct FigureLines {
    FigureAxis what = FigureAxis::None;
    QList<int> numbers;    // layers or heads; empty: all
    QStringList names;     // methods (empty: all the model allows), models, queries
    bool mapFirst = false; // of columns: before them the map itself, as it is in every panel
    bool operator==(const FigureLines&) const = default;
};

struct FigureInput {
    QString picture; // a path; empty: a text alone
    QString text, pair, written;
    QStringList candidates;
    std::vector<int> decoderIds; // exactly what was generated
    bool chat = false;           // the text is a question, which goes through the model's chat template
    QString system = {};         // of a chat: what is said first
    bool operator==(const FigureInput&) const = default;
};

// How the model is run, where that is not as trained.
struct FigureRun {
    QString fit = QStringLiteral("trained"); // or squash, native
    double maskRatio = -1;
    quint64 maskSeed = 0;
    std::map<std::string, std::string> switches;
    QList<std::pair<int, int>> ablated; // layer, head
    QStringList changes;                // other interventions, as --change takes them
    bool operator==(const FigureRun&) const = default;
};

// What is the same in every panel, as far as rows and columns leave it alone.
struct FigureSubject {
    int layer = -1; // -1: the last one that looks at the picture, of a text the last
    int head = 0;
    HeadFusion fusion = HeadFusion::Mean;
    QString query = QStringLiteral("auto"); // cls, dist ..., "3,4" (row, column of a patch), a number of a token, mean;
                                            // auto: cls, else the patch in the middle, of a text the last token
    int stream = -1;                        // -1: that of the picture, else the first
    bool reverse = false;
    QString map = QStringLiteral("row");                                // or the id of a method
    std::map<std::string, std::map<std::string, std::string>> settings; // of methods, that are not as usual
    int target = -1;                                                    // of methods that explain a score
    bool operator==(const FigureSubject&) const = default;
};

// What is asked of the engine.
struct FigureContent {
    QString model; // a path or the name of an embedded model
    QList<FigureInput> inputs;
    FigureRun run;
    FigureSubject subject;
    FigureLines rows, columns;
    bool asSeen = false;       // the picture as the model sees it, in its few pixels, instead of the photograph
    bool pictureFirst = false; // the first column of every row is the picture alone; of texts there is none
    bool operator==(const FigureContent&) const = default;
};

// How maps are drawn.
struct FigureLook {
    OverlayStyle style = OverlayStyle::Heat;
    QString palette = QStringLiteral("viridis");
    double opacity = 0.85; // of the strongest patch; the others in proportion
    bool smooth = false, logarithmic = false;
    FigureScale scale = FigureScale::Panel;
    bool photograph = true; // under the map
    bool marksQuery = true;
    double keepMass = 1; // below 1: only the strongest patches, which hold this share of the sum
    bool operator==(const FigureLook&) const = default;
};

// The sheet around them. Lengths are points (1/72 in) but for the width.
struct FigureSheet {
    FigurePreset preset = FigurePreset::TwoColumns;
    double customWidth = 5; // inches
    double gap = 4;
    FigureBackground background = FigureBackground::White;
    QString font; // family; empty: that of the window
    double fontSize = 8;
    bool letters = false, headings = true, colorBar = true, captioned = true;
    QString caption;      // empty: made from what is shown
    int dpi = 300;        // of PNG
    double width() const; // inches
    bool operator==(const FigureSheet&) const = default;
};

struct FigureSpec {
    FigureContent content;
    FigureLook look;
    FigureSheet sheet;
    bool operator==(const FigureSpec&) const = default;
};

// What one panel shows.
struct FigureCell {
    QString model;
    int input = 0;
    FigureSubject subject;
    bool isPicture = false; // alone, without a map
};
// `rows` and `columns` are resolved: not empty where their axis needs values.
FigureCell figureCell(const FigureContent& content, int row, int column);
// How many lines an axis has; of an open one (all layers, all heads, all methods) 0.
int figureLineCount(const FigureContent& content, const FigureLines& lines);
// The columns before those of the axis: the picture alone, the map itself.
bool hasPictureFirst(const FigureContent& content);
bool hasMapFirst(const FigureContent& content);
int figureLeads(const FigureContent& content);

// "0-3, 7" as numbers, ascending as written; none when it is no such list or has too many.
std::optional<QList<int>> figureNumbers(const QString& text);
QString figureNumbersText(const QList<int>& numbers); // "0-3, 7"

} // namespace headlens
