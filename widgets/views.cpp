// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views.h"

#include "widgets/compare/side_by_side.h"
#include "widgets/explain/faithfulness_view.h"
#include "widgets/explain/sheet_view.h"
#include "widgets/features/token_norms.h"
#include "widgets/heads/heads_view.h"
#include "widgets/history/history_pane.h"
#include "widgets/interventions/interventions_view.h"
#include "widgets/lessons/lesson_player.h"
#include "widgets/life2vec/life_view.h"
#include "widgets/measures/studies_view.h"
#include "widgets/mechanisms/cost_view.h"
#include "widgets/mechanisms/experts_map.h"
#include "widgets/mechanisms/formula_view.h"
#include "widgets/mechanisms/memory_view.h"
#include "widgets/mechanisms/routing_view.h"
#include "widgets/mechanisms/switches_panel.h"
#include "widgets/panels/controls_panel.h"
#include "widgets/panels/filmstrip.h"
#include "widgets/panels/model_panel.h"
#include "widgets/panels/predictions_panel.h"
#include "widgets/plots/matrix_plot.h"
#include "widgets/plots/row_plot.h"
#include "widgets/statistics/head_statistics_view.h"
#include "widgets/swin/shift_view.h"
#include "widgets/swin/windows_panel.h"
#include "widgets/text/contrast_view.h"
#include "widgets/text/generation_panel.h"
#include "widgets/text/lens_view.h"
#include "widgets/text/lines_view.h"
#include "widgets/text/pair_view.h"
#include "widgets/text/positions_view.h"
#include "widgets/text/shares_view.h"
#include "widgets/text/three_attentions.h"
#include "widgets/text/tiles.h"
#include "widgets/text/tiles_view.h"
#include "widgets/training/training_view.h"
#include "widgets/viewmodel/method_sheet.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <type_traits>

namespace headlens {
namespace {

// Makes a view with as much of the context as its constructor takes.
template <class Widget>
QWidget* make(const ViewContext& in)
{
    if constexpr (std::is_constructible_v<Widget, InspectionModel*, Selection*, DisplaySettings*>)
        return new Widget(in.model, in.selection, in.display);
    else if constexpr (std::is_constructible_v<Widget, InspectionModel*, Selection*>)
        return new Widget(in.model, in.selection);
    else if constexpr (std::is_constructible_v<Widget, InspectionModel*, DisplaySettings*>)
        return new Widget(in.model, in.display);
    else if constexpr (std::is_constructible_v<Widget, InspectionModel*>)
        return new Widget(in.model);
    else
        return new Widget;
}

template <class Has>
bool anyBlock(const InspectionModel& model, Has has)
{
    return std::ranges::any_of(model.input().blocks, has);
}

bool hasWindows(const InspectionModel& model)
{
    return anyBlock(model, [](const verbs::BlockGrid& block) { return block.windowHeight > 0; });
}

bool hasMemory(const InspectionModel& model)
{
    return anyBlock(model, [](const verbs::BlockGrid& block) { return block.kind == "memory"; });
}

bool hasRouting(const InspectionModel& model)
{
    return hasExperts(model) || anyBlock(model, [](const verbs::BlockGrid& block) { return !block.router.empty(); });
}

bool hasTiles(const InspectionModel& model)
{
    const auto& streams = model.input().streams;
    return !streams.empty() && hasInjected(streams.front().tokens);
}

bool hasLife(const InspectionModel& model)
{
    return model.run().hasState(QStringLiteral("life.event"));
}

bool hasSheet(const InspectionModel& model)
{
    return model.sheet()->isOffered();
}

bool writes(const InspectionModel& model)
{
    return model.model().text.writes;
}

bool isEncoderDecoder(const InspectionModel& model)
{
    return model.model().text.isEncoderDecoder;
}

bool remembersContrast(const InspectionModel& model)
{
    return model.model().remembersContrast;
}

bool remembersTraining(const InspectionModel& model)
{
    return model.model().remembersTraining;
}

// One picture is on the canvas already.
bool holdsSeveral(const QWidget& view)
{
    return static_cast<const Filmstrip&>(view).count() > 1;
}

void showWindowsTab(QWidget* view, const QString& name)
{
    static const QStringList kTabs{QStringLiteral("windows"), QStringLiteral("mask"), QStringLiteral("bias"),
                                   QStringLiteral("stages")};
    auto* windows = view->findChild<WindowsPanel*>();
    windows->setCurrentIndex(int(kTabs.indexOf(name)));
    if (name == kTabs.first()) windows->shift()->showStep(ShiftPicture::Step::Mask);
}

void showFaithfulnessPage(QWidget* view, const QString& name)
{
    static const QStringList kPages{QStringLiteral("ranking"), QStringLiteral("method"), QStringLiteral("sanity")};
    if (const int page = int(kPages.indexOf(name)); page >= 0) static_cast<FaithfulnessView*>(view)->showPage(page);
}

} // namespace

const std::vector<View>& views()
{
    using enum Place;
    static const std::vector<View> kViews{
        {"controls", QT_TRANSLATE_NOOP("Views", "Controls"), LeftAbove, true, make<ControlsPanel>},
        {"lesson", QT_TRANSLATE_NOOP("Views", "Lesson"), LeftAbove, false, make<LessonPlayer>},
        {"predictions", QT_TRANSLATE_NOOP("Views", "Predictions"), LeftBelow, false, make<PredictionsPanel>},
        {"model", QT_TRANSLATE_NOOP("Views", "Model"), LeftBelow, false, make<ModelPanel>},
        {"history", QT_TRANSLATE_NOOP("Views", "History"), LeftBelow, false, make<HistoryPane>},
        {"mechanisms", QT_TRANSLATE_NOOP("Views", "Mechanisms"), LeftBelow, true, make<SwitchesPanel>},
        {"interventions", QT_TRANSLATE_NOOP("Views", "Interventions"), RightBelow, true, make<InterventionsView>},
        {"panes", QT_TRANSLATE_NOOP("Views", "Side by side"), RightAbove, true, make<SideBySide>},
        {"heads", QT_TRANSLATE_NOOP("Views", "Heads"), RightAbove, false, make<HeadsView>},
        {"sheet", QT_TRANSLATE_NOOP("Views", "Sheet"), RightAbove, false, make<SheetView>, hasSheet},
        {"faithfulness",
         QT_TRANSLATE_NOOP("Views", "Faithfulness"),
         RightBelow,
         false,
         make<FaithfulnessView>,
         hasSheet,
         nullptr,
         {"ranking", "method", "sanity"},
         showFaithfulnessPage},
        {"matrix", QT_TRANSLATE_NOOP("Views", "Matrix"), RightBelow, false, make<MatrixPlot>},
        {"weights", QT_TRANSLATE_NOOP("Views", "Row"), RightBelow, true, make<RowPlot>},
        {"windows",
         QT_TRANSLATE_NOOP("Views", "Windows"),
         RightBelow,
         true,
         make<WindowsPanel>,
         hasWindows,
         nullptr,
         {"mask", "bias", "stages"},
         showWindowsTab},
        {"generation", QT_TRANSLATE_NOOP("Views", "Generation"), RightBelow, true, make<GenerationPanel>, writes},
        {"shares", QT_TRANSLATE_NOOP("Views", "Where it looks"), RightBelow, true, make<SharesView>, hasShares},
        {"lens", QT_TRANSLATE_NOOP("Views", "Logit lens"), RightAbove, true, make<LensView>, hasLens},
        {"pair", QT_TRANSLATE_NOOP("Views", "Pair"), RightBelow, true, make<PairView>},
        {"positions", QT_TRANSLATE_NOOP("Views", "Positions"), RightBelow, true, make<PositionsView>},
        {"norms", QT_TRANSLATE_NOOP("Views", "Token norms"), RightBelow, false, make<TokenNormsView>},
        {"headstats", QT_TRANSLATE_NOOP("Views", "Head statistics"), RightBelow, false, make<HeadStatisticsView>},
        {"studies", QT_TRANSLATE_NOOP("Views", "Studies"), RightBelow, false, make<StudiesView>},
        {"contrast", QT_TRANSLATE_NOOP("Views", "Contrast"), RightBelow, true, make<ContrastView>, remembersContrast},
        {"training", QT_TRANSLATE_NOOP("Views", "Training"), RightBelow, false, make<TrainingView>, remembersTraining},
        {"memory", QT_TRANSLATE_NOOP("Views", "Memory"), RightBelow, true, make<MemoryView>, hasMemory},
        {"routing", QT_TRANSLATE_NOOP("Views", "Routing"), RightBelow, true, make<RoutingView>, hasRouting},
        {"formula", QT_TRANSLATE_NOOP("Views", "Formula"), RightBelow, true, make<FormulaView>},
        {"cost", QT_TRANSLATE_NOOP("Views", "Cost"), RightBelow, true, make<CostView>},
        {"tiles", QT_TRANSLATE_NOOP("Views", "Tiles"), RightBelow, true, make<TilesView>, hasTiles},
        {"pictures", QT_TRANSLATE_NOOP("Views", "Pictures"), Below, false, make<Filmstrip>, nullptr, holdsSeveral},
        {"lines", QT_TRANSLATE_NOOP("Views", "Lines"), Below, true, make<LinesView>},
        {"three", QT_TRANSLATE_NOOP("Views", "Three attentions"), Below, true, make<ThreeAttentions>, isEncoderDecoder},
        {"life", QT_TRANSLATE_NOOP("Views", "Life line"), Below, false, make<LifeView>, hasLife}, // time wants width
    };
    return kViews;
}

QString View::translatedTitle() const
{
    return QCoreApplication::translate("Views", title);
}

bool View::isNamed(const QString& name) const
{
    return name == QLatin1String(id) ||
           std::ranges::any_of(parts, [&](const char* part) { return name == QLatin1String(part); });
}

const View* viewOf(const QString& id)
{
    const auto hit = std::ranges::find_if(views(), [&](const View& view) { return view.isNamed(id); });
    return hit == views().end() ? nullptr : &*hit;
}

} // namespace headlens
