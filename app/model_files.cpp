// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/model_files.h"

#include "app/opening.h"
#include "widgets/common/message_bar.h"
#include "widgets/viewmodel/asking.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>

namespace headlens {
namespace {

using Settings = std::map<std::string, std::string>;

QString linesOf(const Settings& settings)
{
    QStringList lines;
    for (const auto& [key, value] : settings)
        lines << QString::fromStdString(key).append(QLatin1Char('=')).append(QString::fromStdString(value));
    return lines.join(QLatin1Char('\n'));
}

Settings settingsOf(const QString& lines)
{
    Settings settings;
    for (const QString& line : lines.split(QLatin1Char('\n'), Qt::SkipEmptyParts))
        settings[line.section(QLatin1Char('='), 0, 0).trimmed().toStdString()] =
            line.section(QLatin1Char('='), 1).trimmed().toStdString();
    return settings;
}

} // namespace

ModelFiles::ModelFiles(InspectionModel* model, MessageBar* messages, QWidget* window)
    : QObject(window), m_model(model), m_messages(messages), m_window(window)
{
}

void ModelFiles::changeSettings()
{
    if (!m_model->hasModel()) return;
    bool accepted = false;
    const QString text = QInputDialog::getMultiLineText(
        m_window, tr("What the model file cannot say"),
        tr("One KEY=VALUE a line: num_heads, decoder_num_heads, image_size (224, or 64x32 for height x width), "
           "window_size, layer_norm_eps, activation (gelu, gelu_new, quick_gelu, silu, relu), interpolation "
           "(hf, facebook, timm), weights (averaged, raw or a name), allow_nonfinite"),
        linesOf(m_model->loader()->settings()), &accepted);
    if (accepted) m_model->loader()->open(QString::fromStdString(m_model->model().path), settingsOf(text));
}

void ModelFiles::convert()
{
    const QString source = QFileDialog::getOpenFileName(m_window, tr("Convert a PyTorch checkpoint"), {},
                                                        modelFilter() + QStringLiteral(";;") + tr("All files (*)"));
    if (source.isEmpty()) return;
    const QFileInfo info(source);
    const QString target =
        QFileDialog::getSaveFileName(m_window, tr("Write safetensors"),
                                     info.dir().filePath(info.completeBaseName() + QStringLiteral(".safetensors")),
                                     QStringLiteral("safetensors (*.safetensors)"));
    if (target.isEmpty()) return;
    const auto report = [this, target](const verbs::Converted& converted) {
        QStringList said{tr("Written to %1").arg(target)};
        for (const std::string& assumed : converted.assumptions) said << QString::fromStdString(assumed);
        m_messages->say(MessageBar::Kind::Info, said.join(QLatin1String(". ")));
    };
    ask(m_model, verbs::kConvert, {source.toStdString(), target.toStdString()}, this, report,
        {.about = Asking::About::Nothing, .tag = QString()});
}

} // namespace headlens
